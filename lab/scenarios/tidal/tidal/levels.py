"""Levels of water."""


def warning(metres):
    return "flood" if metres > 4 else "high" if metres > 3 else ""
