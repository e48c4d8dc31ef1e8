"""How much of it."""


def dose(kilograms, milligrams_per_kilogram):
    return int(kilograms * milligrams_per_kilogram)


def daily(single, hours_between):
    return single * (24 // hours_between)
