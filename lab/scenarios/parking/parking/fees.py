"""Fees of garages."""


def fee(hours):
    return min(hours * 250, 2000)


def places(level):
    return [f"{level}{number:02}" for number in range(1, 6)]
