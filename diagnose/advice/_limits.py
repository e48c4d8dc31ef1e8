"""Numbers that messages name: connections, pools, rates."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from diagnose.advice._case import Case
from diagnose.model import Run

RESERVED = 3  # PostgreSQL's superuser_reserved_connections, where nobody says otherwise
POOL = re.compile(r"QueuePool limit of size (\d{1,6}) overflow (-?\d{1,6})")
SIZE = r"(?i)\bpool_?size\W{1,4}(\d{1,6})\b"
OVERFLOW = r"(?i)\bmax_?overflow\W{1,4}(-?\d{1,6})\b"
SLOTS = r"max_connections\W{1,4}(\d{1,6})\b"
RATE = (
    r"(?i)\b(\d{1,7})\s*(?:requests?|req|calls?|queries|tokens)?\s*(?:per|/|each|an?|in|every)\s*"
    r"(?:1\s*)?(second|minute|hour|day|sec|min)\b"
)
SECONDS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "day": 86400}


class Pool(NamedTuple):
    """What one pool may hold, and the number of workers that had one each."""

    size: int
    overflow: int
    workers: int

    @property
    def most(self) -> int:
        """Count the connections of a full pool."""
        return self.size + max(self.overflow, 0)


class Rate(NamedTuple):
    """How often a service may be asked."""

    each_second: float
    said: str


def pools(case: Case) -> list[Pool]:
    """Return the pools that were full, for each number of workers the usual one."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for run, result in case.failures:
        for failure in result.failures:
            if match := POOL.search(failure.message) or POOL.search(failure.text[-4000:]):
                found[run.workers].append((int(match[1]), int(match[2])))
    return [
        Pool(*max(set(seen), key=seen.count), workers) for workers, seen in sorted(found.items())
    ]


def budget(case: Case) -> int:
    """Return what all pools together may hold where the workers share a fixed number; else 0."""
    known = [pool.workers * pool.most for pool in pools(case) if pool.workers > 1]
    return known[0] if len(known) > 1 and len(set(known)) == 1 else 0


def connections_each(case: Case) -> int:
    """Return how many connections a worker may hold; 0 where nothing tells."""
    stated = stated_pool(case)
    return max((pool.most for pool in pools(case)), default=stated.most if stated else 0)


def stated_pool(case: Case) -> Pool | None:
    """Return the pool that a header or a log states, whether or not it was ever full."""
    size, overflow = case.search(SIZE), case.search(OVERFLOW)
    if not size:
        return None
    return Pool(int(size[1]), int(overflow[1]) if overflow else 0, max(case.fewest, 1))


def server_connections(case: Case) -> int:
    """Return the server's limit, where a message or a log names it; else 0."""
    match = case.search(SLOTS)
    return int(match[1]) if match else 0


def rate(case: Case) -> Rate | None:
    """Return the limit on requests, where a message names it."""
    match = case.search(RATE)
    if not match or not int(match[1]):
        return None
    return Rate(int(match[1]) / SECONDS[match[2].lower()], f"{match[1]} per {match[2].lower()}")


def asked_each_second(run: Run) -> float:
    """Return how often the service was asked in a run; 0 where its log is not there."""
    asked = [
        int(event.details["requests"])
        for event in run.events
        if event.kind == "service.summary" and event.details.get("requests", "").isdecimal()
    ]
    return sum(asked) / run.wall_seconds if run.wall_seconds else 0.0
