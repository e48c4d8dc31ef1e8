"""Nights and what they cost."""

from datetime import date


def nights(arrival, departure):
    if departure <= arrival:
        raise ValueError("departure before arrival")
    return (departure - arrival).days


def total(price, arrival, departure, guests=1):
    tax = 3 * guests
    return nights(arrival, departure) * (price + tax)


def easter(year):
    century, rest = year // 100, year % 19
    moon = (19 * rest + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - rest) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
