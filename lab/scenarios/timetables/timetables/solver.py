"""Puts lessons into rooms."""

import time


def solve(lessons):
    began = time.process_time()
    rooms = {}
    while time.process_time() - began < 0.2:
        for lesson in range(lessons):
            rooms[lesson] = (lesson * 7919) % 13
    return len(rooms)
