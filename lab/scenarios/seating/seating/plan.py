"""Who sits where."""


def seats(tables, guests):
    return [(guest, number % tables) for number, guest in enumerate(guests)]
