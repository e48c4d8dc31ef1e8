"""Tickets by zones."""


def price(zones):
    return 1.4 + 0.9 * (zones - 1)
