"""Frames are rendered in tiles, side by side."""

import threading
import time

TILES = 7


def render(frame):
    done = []

    def tile(number):
        time.sleep(0.8)
        done.append((frame, number))

    threads = [threading.Thread(target=tile, args=(number,)) for number in range(TILES)]
    started = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
    finally:
        for thread in started:
            thread.join()
    return sorted(done)
