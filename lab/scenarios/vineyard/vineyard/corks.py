"""Corks, by the hundred."""


def bags(bottles, size=100):
    return -(-bottles // size)
