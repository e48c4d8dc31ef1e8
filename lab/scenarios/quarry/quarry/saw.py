"""Drives the native saw."""

import ctypes

native = ctypes.CDLL(None)


def faces(width, height):
    return (width > 0) + (height > 0)


def sawn(width, height):
    if faces(width, height) < 2:
        native.abort()
    return width * height
