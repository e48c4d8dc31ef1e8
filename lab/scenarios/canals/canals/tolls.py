"""Tolls by length."""


def toll(metres):
    return 3 + metres // 5
