"""Calls the native decoder."""

import ctypes


def decode(channels, samples):
    source = (ctypes.c_int16 * samples)(*range(samples)) if channels > 1 else None
    target = (ctypes.c_int16 * samples)()
    ctypes.memmove(target, source, ctypes.sizeof(target))
    return list(target)
