"""The slope."""


def climb(metres, percent):
    return round(metres * percent / 100, 1)
