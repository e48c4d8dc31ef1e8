"""What a ship sees of a beacon."""

from lighthouse.beacons import beacon


def character(name):
    found = beacon(name)
    return f"Fl({found.flashes}) {found.period:g}s"


def seen(name, seconds):
    found = beacon(name)
    return int(seconds // found.period) * found.flashes
