"""Labels for shelves."""


def label(thing, pieces):
    return f"{thing.upper()} ({pieces})" if pieces else f"{thing.upper()} (sold out)"
