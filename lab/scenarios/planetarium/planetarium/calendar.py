"""Days between things in the sky."""

MONTH = 29.530588


def full_moons(days):
    return int(days / MONTH)


def age(days):
    return round(days % MONTH, 1)
