"""Codes that open a door."""


def code(parcel, door):
    return f"{(parcel * 7919 + door * 104729) % 1_000_000:06d}"
