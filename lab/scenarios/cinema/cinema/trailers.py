"""Trailers, decoded into memory."""

import time


def decode(frames):
    film = bytearray(60 * 1024 * 1024)
    film[::4096] = bytes([frames % 256]) * len(film[::4096])
    time.sleep(1)
    return len(film)
