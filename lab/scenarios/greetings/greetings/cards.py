"""Greeting cards in plain text."""


def card(occasion, name):
    return f"*** {occasion.upper()} ***\nDear {name},\nall the best!\n"
