"""What washing costs."""


def price(kilograms):
    return round(4 + 1.2 * kilograms, 2)
