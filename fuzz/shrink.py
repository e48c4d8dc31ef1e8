"""Cuts a find down to what it takes: as long as what is left breaks in the same way."""

from __future__ import annotations

from fuzz.trial import Find, tried

TRIES = 2000


def shrunk(find: Find) -> Find:
    """Leave out ever smaller parts, within so many tries."""
    tries, part = TRIES, max(1, len(find.input.data) // 2)
    while tries and part:
        at = 0
        while tries and at < len(find.input.data):
            tries -= 1
            smaller = _without(find, at, part)
            if smaller:
                find = smaller
            else:
                at += part
        part //= 2
    return find


def _without(find: Find, at: int, part: int) -> Find | None:
    data = find.input.data[:at] + find.input.data[at + part :]
    (told,) = tried([find.input._replace(data=data)])
    return told if isinstance(told, Find) and way(told) == way(find) else None


def way(find: Find) -> str:
    """Name the way in which it broke: the exception, or what ended its process."""
    return find.how.strip().rpartition("\n")[2].partition(":")[0]
