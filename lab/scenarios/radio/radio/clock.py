"""The hour of a station."""


def slots(minutes, length):
    return [start for start in range(0, minutes, length) if start + length <= minutes]
