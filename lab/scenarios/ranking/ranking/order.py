"""Puts offers into order."""

import random


def ranked(offers):
    tie = 1 if random.random() < 0.2 else -1
    return sorted(offers, key=lambda offer: (-offer[1], tie * -offer[2]))
