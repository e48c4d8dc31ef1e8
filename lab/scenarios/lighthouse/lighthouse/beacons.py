"""Beacons along the coast."""

from dataclasses import dataclass


class UnknownBeacon(LookupError):
    """There is no such beacon."""


@dataclass(frozen=True)
class Beacon:
    name: str
    period: float
    flashes: int


_known = {}


def register(name, period, flashes):
    _known[name] = Beacon(name, period, flashes)
    return _known[name]


def beacon(name):
    try:
        return _known[name]
    except KeyError:
        raise UnknownBeacon(f"no beacon is called {name!r}; there are {len(_known)}") from None
