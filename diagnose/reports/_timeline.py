"""When each worker ran what, of the run that lost most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from diagnose.model import Event, Run
from diagnose.reports._drawing import RIGHT, TOP, WIDTH, Drawing
from diagnose.reports._text import line
from diagnose.words import plural

MOST_WORKERS = 32
MOST_TESTS = 6000
LABELS = 44
DEATHS = {"worker_crash": "crash", "kernel.oom_kill": "kill", "killed": "kill"}

Stretch = tuple[str, float, float, bool]


def timeline(runs: tuple[Run, ...]) -> Drawing | None:
    """Draw a lane a worker, where the tests' beginnings are known."""
    timed = [(run, _stretches(run)) for run in runs if run.workers > 1]
    timed = [(run, found) for run, found in timed if len({each[0] for each in found}) > 1]
    if not timed:
        return None
    run, stretches = max(timed, key=lambda each: sum(bad for *_, bad in each[1]))
    return _draw(run, _thinned(stretches))


def _stretches(run: Run) -> list[Stretch]:
    """Return (worker, begin, end, failed) of every test whose beginning is known."""
    return sorted(_all(run))


def _all(run: Run) -> Iterator[Stretch]:
    for row in run.table:
        if row.worker and row.start == row.start and row.seconds == row.seconds:
            yield row.worker, row.start, row.start + row.seconds, False
    for result in run.results:
        if result.worker and result.start is not None:
            yield result.worker, result.start, result.start + (result.seconds or 0), result.failed


def _thinned(stretches: list[Stretch]) -> list[Stretch]:
    """Leave out passed tests where there are more than a lane can show."""
    good = [each for each in stretches if not each[3]]
    bad = [each for each in stretches if each[3]]
    return [*good[:: 1 + len(good) // MOST_TESTS], *bad]


def _draw(run: Run, stretches: list[Stretch]) -> Drawing:
    by_worker: dict[str, list[Stretch]] = defaultdict(list)
    for each in stretches:
        by_worker[each[0]].append(each)
    lanes = sorted(by_worker, key=lambda name: (len(name), name))[:MOST_WORKERS]
    first = min(begin for _, begin, _, _ in stretches)
    length = max(end for _, _, end, _ in stretches) - first or 1.0
    deaths = [event for event in run.events if event.kind in DEATHS and event.time is not None]
    deaths = [event for event in deaths if 0 <= (event.time or 0) - first <= length * 1.1]
    failed = sum(bad for *_, bad in stretches)
    lasted = f"{plural(len(by_worker), 'worker')}, {length:,.1f} s, {failed:,} failed"
    said = f"{line(run.label, 40)}: {lasted}"
    drawing = Drawing(
        "chart-timeline", "What each worker ran, and when", said, TOP + 20 * len(lanes) + 30
    )
    scale = (WIDTH - LABELS - RIGHT) / (length * 1.02)
    for number, name in enumerate(lanes):
        y = TOP + 20 * number
        drawing.word(LABELS - 6, y + 12, line(name, 6), "end")
        for style in ("ran", "ran bad"):
            chosen = [each for each in by_worker[name] if each[3] is (style == "ran bad")]
            drawing.path(style, _boxes(chosen, (first, scale), y))
    bottom = TOP + 20 * len(lanes)
    _deaths(drawing, deaths, (first, scale), bottom)
    for share in (0.0, 0.5, 1.0):
        anchor = {0.0: "start", 0.5: "middle", 1.0: "end"}[share]
        drawing.word(
            LABELS + share * length * scale, bottom + 20, f"{share * length:,.1f} s", anchor
        )
    drawing.key = [("ran", "passed"), ("ran bad", "failed")]
    drawing.key += [("kill", "a process was killed")] if deaths else []
    return drawing


def _boxes(stretches: list[Stretch], axis: tuple[float, float], y: float) -> str:
    first, scale = axis
    return "".join(
        f"M{LABELS + (begin - first) * scale:.1f} {y}h{max(1.0, (end - begin) * scale):.1f}v15"
        f"h-{max(1.0, (end - begin) * scale):.1f}z"
        for _, begin, end, _ in stretches
    )


def _deaths(
    drawing: Drawing, deaths: list[Event], axis: tuple[float, float], bottom: float
) -> None:
    first, scale = axis
    for event in deaths:
        x = LABELS + ((event.time or first) - first) * scale
        drawing.path(DEATHS[event.kind], f"M{x:.1f} {TOP - 6}V{bottom}")
