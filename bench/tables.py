"""What was measured, table by table, and what is promised of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bench import contenders as of
from bench.rounds import Cost
from bench.targets import Costs, Target, share

LIKE = 100  # MB, at which most is promised
GROWN = (  # what must take no more than eleven times as long for ten times as much
    ("JUnit to HTML", "junit", of.TO_HTML),
    ("JUnit to JSON", "junit", of.TO_JSON),
    ("xdist log to JSON", "console", of.TO_JSON),
    ("kernel log to JSON", "kernel", of.TO_JSON),
)


class Table(NamedTuple):
    """What reading files of one kind and size (in MB) costs whom, and why some have no figures."""

    kind: of.Kind
    size: int
    costs: Mapping[str, Cost]
    absent: Mapping[str, str]
    opened: Mapping[str, float] = {}  # seconds until a browser has the page that it wrote


class Kept(NamedTuple):
    """A promise, its limit, what was measured, and whether it is kept; unknown is neither."""

    title: str
    limit: str
    measured: str
    mark: str


def label(size: int) -> str:
    """Write a size as people do."""
    return f"{size // 1000} GB" if size >= 1000 else f"{size} MB"


def kept(tables: Sequence[Table]) -> list[Kept]:
    """Hold what was measured against what is promised."""
    costs = {
        _key(table.kind.data, name, table.size): cost
        for table in tables
        for name, cost in table.costs.items()
    }
    return [_kept(promise, costs) for promise in _promises()]


def _key(data: str, name: str, size: int = LIKE) -> str:
    return f"{name}, {label(size)} of {data}"


def _promises() -> Iterator[Target]:
    html, junitparser = _key("junit", of.TO_HTML), _key("junit", of.JUNITPARSER)
    for name, least in ((of.PUBLISHED, 4), (of.CTRF, 4), (of.ALLURE, 60)):
        title = f"100 MB of JUnit to HTML: times as quick as {name}"
        yield share(title, _key("junit", name), html).at_least(least)
    yield share("its memory : that of junitparser", html, junitparser, "rss").at_most(0.25)
    yield _further("patterns in a log, each further MB: speed : ripgrep's", of.SCANNED).at_least(
        0.8
    )
    two = _further("the same on two cores, by the clock", of.SCANNED_BY_TWO, "wall")
    yield two.at_least(1.5)
    for title, data, name in GROWN:
        longer = share(
            f"{title}: CPU of 1 GB : of 100 MB", _key(data, name, 1000), _key(data, name)
        )
        yield longer.at_most(11)
    runs = _key("runs", of.RUNS_COMPARED, 0)
    yield Target("12 runs compared: seconds", (runs,), lambda costs: costs[runs].wall).at_most(10)
    yield Target("its memory, MB", (runs,), lambda costs: costs[runs].rss).at_most(1000)


def _further(title: str, ours: str, figure: str = "cpu") -> Target:
    """Compare with ripgrep without the start, by what 99 MB more take."""
    names = [_key("console", name, size) for name in (of.RIPGREP, ours) for size in (LIKE, 1)]

    def speed(costs: Costs) -> float:
        rg, rg_start, own, own_start = (float(getattr(costs[name], figure)) for name in names)
        return (rg - rg_start) / (own - own_start)

    return Target(title, tuple(names), speed)


def _kept(promise: Target, costs: Costs) -> Kept:
    limit = f"{'≥' if promise.lower else '≤'} {promise.limit:g}"
    if any(name not in costs for name in promise.needs):
        return Kept(promise.title, limit, "", "not measured")
    value = promise.figure(costs)
    shown, met = f"{value:.2f}", promise.met(value)
    if all(costs[name].finished for name in promise.needs):
        return Kept(promise.title, limit, shown, "kept" if met else "missed")
    # who was given up would have taken longer: a quotient by ours is larger than that
    return Kept(promise.title, limit, f"> {shown}", "kept" if met else "unknown")
