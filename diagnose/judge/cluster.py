"""Failures become incidents: what has one root event is one thing, however many tests fell.

Failures of a run that say the same, and follow each other closely, are a cluster. Two bursts that
happen at the same time are one, unless they are known to have different causes: to merge too much
is the worse mistake. Times are seconds on any clock that the failures of a run share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, isfinite

from diagnose.judge.kinds import Failure, Key, keys_of

GAP = 30.0  # seconds between the starts of neighbours in a cluster, or …
GAP_SHARE = 0.1  # … this share of the run, if that is more
SPAN_SHARE = 0.2  # of the run: what lasts longer is no burst, and merely happens meanwhile
FEWEST = 3  # failures of a burst
OVERLAP = 0.5  # of the shorter of two bursts
CRASH_REACH = 10.0


@dataclass(frozen=True, slots=True)
class Crash:
    """A worker that died, or was killed; `test` is what it ran, and not a failure of that test."""

    run: int
    time: float | None = None
    test: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Failures of one run with one root; numbers are places in what `cluster` was given."""

    run: int
    keys: frozenset[Key]
    failures: tuple[int, ...]
    label: str = ""
    first: float | None = None
    last: float | None = None
    crashes: tuple[int, ...] = ()


@dataclass(slots=True)
class _Growing:
    """A cluster that may still be merged with others."""

    keys: set[Key]
    failures: list[int]
    label: str
    first: float = inf
    last: float = -inf
    crashes: list[int] = field(default_factory=list)

    def absorb(self, other: _Growing) -> None:
        """Take in another cluster."""
        self.keys |= other.keys
        self.failures += other.failures
        self.label = self.label or other.label
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)

    def frozen(self, run: int) -> Cluster:
        """Return what has become of it."""
        timed = self.first <= self.last
        return Cluster(
            run,
            frozenset(self.keys),
            tuple(sorted(self.failures)),
            self.label,
            self.first if timed else None,
            self.last if timed else None,
            tuple(self.crashes),
        )


def cluster(
    failures: Sequence[Failure],
    crashes: Sequence[Crash] = (),
    walls: Mapping[int, float] | None = None,
) -> list[Cluster]:
    """Put the failures of each run into clusters, and dead workers to those they explain."""
    by_run: dict[int, list[int]] = defaultdict(list)
    for number, failure in enumerate(failures):
        by_run[failure.run].append(number)
    dead: dict[int, list[int]] = defaultdict(list)
    for number, crash in enumerate(crashes):
        dead[crash.run].append(number)
    keys = keys_of(failures)
    found = []
    for run in sorted({*by_run, *dead}):
        numbers = by_run[run]
        wall = (walls or {}).get(run) or _extent(failures, numbers)
        grown = _merge(_linked(failures, keys, numbers, wall), wall)
        grown += _attach(failures, grown, crashes, dead[run])
        found += [growing.frozen(run) for growing in grown]
    return found


def _extent(failures: Sequence[Failure], numbers: Sequence[int]) -> float:
    starts = [start for n in numbers if (start := _start(failures[n])) is not None]
    return max(starts) - min(starts) if starts else 0.0


def _start(failure: Failure) -> float | None:
    return failure.start if failure.start is not None and isfinite(failure.start) else None


def _linked(
    failures: Sequence[Failure], keys: Sequence[Key], numbers: Sequence[int], wall: float
) -> list[_Growing]:
    """Chain failures of one kind and one cause whose starts are close.

    The timeless join the first chain.
    """
    kinds: dict[tuple[Key, str], list[int]] = defaultdict(list)
    causes: dict[Key, Counter[str]] = defaultdict(Counter)
    for number in numbers:
        if label := failures[number].label:
            causes[keys[number]][label] += 1
    usual = {key: max(sorted(count), key=count.__getitem__) for key, count in causes.items()}
    for number in numbers:
        key = keys[number]
        kinds[key, failures[number].label or usual.get(key, "")].append(number)
    found = []
    for (key, label), alike in kinds.items():
        found += _chains(failures, _Growing({key}, alike, label), max(GAP, wall * GAP_SHARE))
    return found


def _chains(failures: Sequence[Failure], whole: _Growing, gap: float) -> list[_Growing]:
    timed = sorted((s, n) for n in whole.failures if (s := _start(failures[n])) is not None)
    timeless = [n for n in whole.failures if _start(failures[n]) is None]
    if not timed:
        return [whole]
    chains: list[_Growing] = []
    for start, number in timed:
        if not chains or start - chains[-1].last > gap:
            chains.append(_Growing(set(whole.keys), [], whole.label, start, start))
        chains[-1].failures.append(number)
        chains[-1].last = start
    chains[0].failures += timeless
    return chains


def _merge(found: Sequence[_Growing], wall: float) -> list[_Growing]:
    """Merge bursts that overlap; sweeping by their start, one open burst a cause is enough."""
    bursts = [growing for growing in found if _is_burst(growing, wall)]
    kept = [growing for growing in found if not _is_burst(growing, wall)]
    still_open: dict[str, _Growing] = {}
    for burst in sorted(bursts, key=lambda g: (g.first, g.last, min(g.failures))):
        host = _host(still_open, burst)
        if host is None:
            host = burst
            kept.append(burst)
        else:
            host.absorb(burst)
        still_open = {label: g for label, g in still_open.items() if g is not host}
        still_open[host.label] = host
    return sorted(kept, key=lambda growing: min(growing.failures))


def _is_burst(growing: _Growing, wall: float) -> bool:
    """Say whether it is brief; starts that are all the same are no clock's."""
    span = growing.last - growing.first
    return len(growing.failures) >= FEWEST and 0 < span <= wall * SPAN_SHARE


def _host(still_open: Mapping[str, _Growing], burst: _Growing) -> _Growing | None:
    """Find the open burst that this one belongs to: of its cause, or where one's is unknown."""
    if burst.label:
        wanted = [still_open.get(burst.label), still_open.get("")]
    else:
        wanted = [still_open.get(""), *(still_open[label] for label in sorted(still_open) if label)]
    return next((host for host in wanted if host is not None and _overlap(host, burst)), None)


def _overlap(one: _Growing, other: _Growing) -> bool:
    shared = min(one.last, other.last) - max(one.first, other.first)
    shorter = min(one.last - one.first, other.last - other.first)
    return shared >= 0 and shared >= OVERLAP * shorter


def _attach(
    failures: Sequence[Failure],
    grown: Sequence[_Growing],
    crashes: Sequence[Crash],
    dead: Sequence[int],
) -> list[_Growing]:
    """Give each dead worker to the nearest failure's cluster; a lone one is an incident itself."""
    timed = sorted(
        (start, home)
        for home, growing in enumerate(grown)
        for number in growing.failures
        if (start := _start(failures[number])) is not None
    )
    lone: list[_Growing] = []
    for number in dead:
        time = crashes[number].time
        near = None if time is None else _nearest(timed, time)
        if near is not None:
            grown[near].crashes.append(number)
        else:
            lone.append(_lone(number, time))
    return lone


def _nearest(timed: Sequence[tuple[float, int]], time: float) -> int | None:
    at = bisect_left(timed, (time, -1))
    around = timed[max(at - 1, 0) : at + 1]
    distance, home = min(((abs(start - time), home) for start, home in around), default=(inf, -1))
    return home if distance <= CRASH_REACH else None


def _lone(number: int, time: float | None) -> _Growing:
    key = Key("", "worker crashed", "")
    if time is None:
        return _Growing({key}, [], "", crashes=[number])
    return _Growing({key}, [], "", time, time, [number])
