"""Layers are stacked in memory before they are written."""

import time


def stack(layers):
    held = [b"\x7f" * 4_000_000 for _ in range(layers)]
    time.sleep(0.9)
    return len(held)
