"""Corrected times of boats."""


def corrected(seconds, handicap):
    return round(seconds * (100 - (handicap or 5)) / 100)
