"""When each worker ran what, of the run that lost most, and when it died."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from diagnose.model import Run
from diagnose.oom import KernelKill
from diagnose.reports._drawing import RIGHT, TOP, WIDTH, Drawing
from diagnose.reports._text import line
from diagnose.words import plural

MOST_WORKERS = 32
MOST_TESTS = 6000
LABELS = 44
LANE = 20
UNTIMED = 0.01  # seconds: of a test that died with its worker, a file tells no more
CRASHES = ("worker_crash", "worker_down")

Death = Literal["kill", "crash"]


class Stretch(NamedTuple):
    """What a worker did for a while."""

    worker: str
    begin: float
    end: float
    failed: bool = False


@dataclass(slots=True)
class Lanes:
    """A run as it is drawn: what its workers did, and how some of them died."""

    run: Run
    stretches: list[Stretch]
    deaths: dict[str, tuple[float, Death]] = field(default_factory=dict)


def timeline(runs: Sequence[Run], kills: Iterable[KernelKill]) -> Drawing | None:
    """Draw a lane a worker, where the tests' beginnings are known."""
    timed = [Lanes(run, sorted(_stretches(run))) for run in runs if run.workers > 1]
    timed = [each for each in timed if len({one.worker for one in each.stretches}) > 1]
    if not timed:
        return None
    lanes = max(timed, key=lambda each: sum(one.failed for one in each.stretches))
    lanes.deaths = _deaths(lanes, [kill for kill in kills if kill.run == lanes.run.label])
    lanes.stretches = _thinned(_to_the_end(lanes))
    return _draw(lanes)


def _stretches(run: Run) -> Iterator[Stretch]:
    for row in run.table:
        if row.worker and row.start == row.start and row.seconds == row.seconds:
            yield Stretch(row.worker, row.start, row.start + row.seconds)
    for result in run.results:
        if result.worker and result.start is not None:
            end = result.start + (result.seconds or 0)
            yield Stretch(result.worker, result.start, end, result.failed)


def _deaths(lanes: Lanes, kills: Iterable[KernelKill]) -> dict[str, tuple[float, Death]]:
    """Return when each worker died, and whether a kernel killed it."""
    first, last = _span(lanes.stretches)
    ends: dict[str, float] = {}
    for each in lanes.stretches:
        ends[each.worker] = max(each.end, ends.get(each.worker, each.end))
    crashes = [event for event in lanes.run.events if event.kind in CRASHES]
    told = {event.worker: event.time for event in crashes if event.time is not None}
    crashed = {event.worker for event in crashes}
    killed = {kill.worker: kill.when.time for kill in kills if kill.worker}
    found: dict[str, tuple[float, Death]] = {}
    for worker in sorted(set(ends) & (crashed | set(killed))):
        # A log's clock is not the tests': what it puts outside the run is not believed.
        moments = (told.get(worker), killed.get(worker))
        known = [each for each in moments if each is not None and first <= each <= last]
        kind: Death = "kill" if worker in killed else "crash"
        found[worker] = (known[0] if known else ends[worker], kind)
    return found


def _to_the_end(lanes: Lanes) -> Iterator[Stretch]:
    """Let a test that died with its worker last until then."""
    last: Mapping[str, Stretch] = {
        each.worker: each
        for each in lanes.stretches
        if each.failed and each.worker in lanes.deaths and each.end - each.begin <= UNTIMED
    }
    for each in lanes.stretches:
        if last.get(each.worker) is each:
            yield each._replace(end=max(each.end, lanes.deaths[each.worker][0]))
        else:
            yield each


def _thinned(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Leave out passed tests where there are more than a lane can show."""
    found = list(stretches)
    good = [each for each in found if not each.failed]
    bad = [each for each in found if each.failed]
    return [*good[:: 1 + len(good) // MOST_TESTS], *bad]


def _span(stretches: Iterable[Stretch]) -> tuple[float, float]:
    found = list(stretches)
    return min(each.begin for each in found), max(each.end for each in found)


def _draw(lanes: Lanes) -> Drawing:
    by_worker: dict[str, list[Stretch]] = defaultdict(list)
    for each in lanes.stretches:
        by_worker[each.worker].append(each)
    names = sorted(by_worker, key=lambda name: (len(name), name))[:MOST_WORKERS]
    first, last = _span(lanes.stretches)
    length = last - first or 1.0
    drawing = Drawing(
        "chart-timeline",
        "What each worker ran, and when",
        _said(lanes, len(by_worker), length),
        TOP + LANE * len(names) + 30,
    )
    scale = (WIDTH - LABELS - RIGHT) / (length * 1.02)
    for number, name in enumerate(names):
        y = TOP + LANE * number
        drawing.word(LABELS - 6, y + 12, line(name, 6), "end")
        for style, failed in (("ran", False), ("ran bad", True)):
            chosen = [each for each in by_worker[name] if each.failed is failed]
            drawing.path(style, _boxes(chosen, (first, scale), y))
        if name in lanes.deaths:
            moment, kind = lanes.deaths[name]
            drawing.path(kind, _mark(kind, LABELS + (moment - first) * scale, y))
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        x = LABELS + share * length * scale
        drawing.word(x, TOP + LANE * len(names) + 20, f"{share * length:,.1f} s", anchor)
    kinds = {kind for name, (_, kind) in lanes.deaths.items() if name in names}
    drawing.key = [("ran", "passed"), ("ran bad", "failed")]
    drawing.key += [("crash", "the worker died")] if "crash" in kinds else []
    drawing.key += [("kill", "the kernel killed the worker")] if "kill" in kinds else []
    return drawing


def _said(lanes: Lanes, workers: int, length: float) -> str:
    failed = sum(each.failed for each in lanes.stretches)
    said = f"{plural(workers, 'worker')}, {length:,.1f} s, {failed:,} failed"
    for kind, words in (("crash", "died"), ("kill", "killed by the kernel")):
        if number := sum(found == kind for _, found in lanes.deaths.values()):
            said += f", {plural(number, 'worker')} {words}"
    return f"{line(lanes.run.label, 40)}: {said}"


def _boxes(stretches: Iterable[Stretch], axis: tuple[float, float], y: float) -> str:
    first, scale = axis
    return "".join(
        f"M{LABELS + (each.begin - first) * scale:.1f} {y}"
        f"h{max(1.0, (each.end - each.begin) * scale):.1f}v15"
        f"h-{max(1.0, (each.end - each.begin) * scale):.1f}z"
        for each in stretches
    )


def _mark(kind: Death, x: float, y: float) -> str:
    if kind == "kill":
        return f"M{x:.1f} {y - 2}v19"
    return f"M{x - 5:.1f} {y + 2.5}l10 10M{x + 5:.1f} {y + 2.5}l-10 10"
