"""Labels for packets."""


def label(name, year):
    return f"{name.title()} {year % 100:02d}"
