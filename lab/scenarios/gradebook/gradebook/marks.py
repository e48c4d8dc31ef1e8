"""Marks from points."""

STEPS = [(92, 1), (81, 2), (67, 3), (50, 4), (30, 5)]


def mark(points):
    return next((mark for least, mark in STEPS if points >= least), 6)
