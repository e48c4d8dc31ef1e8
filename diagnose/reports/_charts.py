"""Where looking beats reading: figures from the numbers of a diagnosis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import log10, sqrt

from diagnose.diagnosis import Diagnosis
from diagnose.model import Run
from diagnose.reports._drawing import LEFT, RIGHT, TOP, WIDTH, Bar, Drawing, dots
from diagnose.reports._figure import MOST_DOTS, SHORTEST, figure
from diagnose.reports._said import parted
from diagnose.reports._text import line
from diagnose.reports._timeline import timeline
from diagnose.words import plural

Z = 1.6449  # 90 %: five of a hundred on each side
ROWS = 12
NAMED = 140
BOTTOM = 230.0
FEWEST = 10
CROWDED = 1000  # tests; fewer can be told apart in the drawing


def charts(diagnosis: Diagnosis) -> list[Drawing]:
    """Draw what there are numbers for."""
    drawn = [
        _by_workers(diagnosis.runs),
        _causes(diagnosis),
        _durations(diagnosis.runs),
        timeline(diagnosis.runs, diagnosis.kernel.kills),
    ]
    return [drawing for drawing in drawn if drawing]


def wilson(failed: int, tests: int) -> tuple[float, float]:
    """Return the interval in which the chance of a failure lies, nine times of ten."""
    if not tests:
        return 0.0, 1.0
    share, square = failed / tests, Z * Z
    middle = (share + square / (2 * tests)) / (1 + square / tests)
    reach = Z * sqrt(share * (1 - share) / tests + square / (4 * tests**2)) / (1 + square / tests)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _failures(run: Run) -> tuple[int, int]:
    counts = run.counts
    return counts["failed"] + counts["errors"], counts["tests"] - counts["skipped"]


def _by_workers(runs: tuple[Run, ...]) -> Drawing | None:
    """Draw the share of failures over worker counts: a dot a run, an interval a count."""
    by_count: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for run in runs:
        if run.counts["tests"]:
            by_count[run.workers].append(_failures(run))
    if len(by_count) < 2 or not any(failed for rows in by_count.values() for failed, _ in rows):
        return None
    pooled = {
        count: (sum(failed for failed, _ in rows), sum(tests for _, tests in rows))
        for count, rows in sorted(by_count.items())
    }
    said = "; ".join(
        f"{plural(count, 'worker')}: {failed:,} of {tests:,} failed"
        for count, (failed, tests) in pooled.items()
    )
    drawing = Drawing("chart-workers", "Failures by number of workers", said, 280)
    scale = _scale(drawing, _round_up(max(wilson(*counts)[1] for counts in pooled.values())))
    step = (WIDTH - LEFT - RIGHT) / len(pooled)
    for number, (count, counts) in enumerate(pooled.items()):
        x = LEFT + step * (number + 0.5)
        low, high = map(scale, wilson(*counts))
        caps = f"M{x - 7:.1f} {low:.1f}h14M{x - 7:.1f} {high:.1f}h14"
        drawing.path("interval", f"M{x:.1f} {low:.1f}V{high:.1f}{caps}")
        drawing.path("run", dots([(x + 14, scale(f / t)) for f, t in by_count[count] if t]))
        drawing.path("pooled", dots([(x, scale(counts[0] / max(1, counts[1])))]))
        drawing.word(x, BOTTOM + 20, plural(count, "worker"), "middle")
        drawing.word(x, BOTTOM + 38, plural(len(by_count[count]), "run"), "middle")
    drawing.key = [("pooled", "all runs of that count, 90 % interval"), ("run", "one run")]
    return drawing


def _scale(drawing: Drawing, top: float) -> Callable[[float], float]:
    """Draw lines for shares up to the top, and return where a share is."""

    def height(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share / top

    for tick in range(5):
        share = top * tick / 4
        said = f"{share:.0%}" if top >= 0.04 else f"{share:.1%}"
        drawing.path("grid", f"M{LEFT} {height(share):.1f}H{WIDTH - RIGHT}")
        drawing.word(LEFT - 6, height(share) + 4, said, "end")
    return height


def _round_up(share: float) -> float:
    """Return a scale's end: a number that reads well."""
    for end in (0.01, 0.02, 0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8):
        if share <= end:
            return end
    return 1.0


def _causes(diagnosis: Diagnosis) -> Drawing | None:
    """Draw how many tests each incident took."""
    shown = sorted(diagnosis.incidents, key=lambda incident: -len(incident.tests))[:ROWS]
    if len(diagnosis.incidents) < 2:
        return None
    failed = sum(len(incident.tests) for incident in diagnosis.incidents)
    causes = plural(len(diagnosis.incidents), "cause")
    said = f"{plural(failed, 'failed test')}, {causes}; the largest took {len(shown[0].tests):,}"
    drawing = Drawing("chart-causes", "Failed tests by cause", said, 0)
    most, names = len(shown[0].tests), {_what(each.headline, brief=True) for each in shown}
    brief = len(names) == len(shown)  # the words of the errors are needed to tell some apart
    drawing.bars = [
        Bar(
            f"v-{incident.verdict}",
            line(f"{incident.cause} · {_what(incident.headline, brief=brief)}", NAMED),
            round(100 * len(incident.tests) / most, 1),
            f"{len(incident.tests):,}",
        )
        for incident in shown
    ]
    verdicts = dict.fromkeys(incident.verdict for incident in shown)
    drawing.key = [(f"v-{verdict}", verdict.replace("_", " ")) for verdict in verdicts]
    return drawing


def _what(headline: str, *, brief: bool) -> str:
    said = headline.partition(": ")[2] or headline
    return parted(said)[0] if brief else said


def _seconds(run: Run) -> dict[str, float]:
    """Return how long each test took; who died with its worker was not timed, and has 0.0."""
    known = {row.key: row.seconds for row in run.table if row.seconds == row.seconds}
    timed = (r for r in run.results if r.seconds is not None and (r.seconds or not r.failed))
    return known | {result.key: result.seconds or 0.0 for result in timed}


def _pair(runs: tuple[Run, ...]) -> tuple[Run, Run] | None:
    """Choose the calmest run and the busiest one, of those the one that lost most."""
    if len(runs) < 2:
        return None
    calm = min(runs, key=lambda run: (run.workers, _failures(run)[0]))
    busy = max(runs, key=lambda run: (run.workers, _failures(run)[0]))
    return (calm, busy) if calm.workers < busy.workers else None


def _durations(runs: tuple[Run, ...]) -> Drawing | None:
    """Draw each test's duration in the busiest run over that in the calmest."""
    pair = _pair(runs)
    if not pair:
        return None
    calm, busy = (_seconds(run) for run in pair)
    both = [(calm[key], busy[key], key) for key in calm if key in busy]
    both = [each for each in both if max(each[:2]) > SHORTEST]
    if len(both) < FEWEST:
        return None
    bad = {result.key for result in pair[1].results if result.failed}
    slower = sum(after > 2 * before for before, after, _ in both)
    said = (
        f"{slower:,} of {plural(len(both), 'test')} took more than twice as long in "
        f"{line(pair[1].label, 40)} ({plural(pair[1].workers, 'worker')}) as in "
        f"{line(pair[0].label, 40)} ({plural(pair[0].workers, 'worker')})"
    )
    drawing = Drawing("chart-durations", "Durations: one run against the other", said, 400)
    _scatter(drawing, both, bad)
    if len(both) >= CROWDED:
        labels = (line(pair[0].label, 30), line(pair[1].label, 30))
        drawing.figure = figure(both, bad, labels)
    drawing.word(WIDTH - RIGHT, 394, f"seconds in {line(pair[0].label, 30)} →", "end")
    drawing.word(0, 12, f"↑ seconds in {line(pair[1].label, 30)}")
    drawing.key = [("dot", "passed"), ("dot bad", "failed"), ("same", "as long in both")]
    return drawing


def _scatter(drawing: Drawing, both: list[tuple[float, float, str]], bad: set[str]) -> None:
    values = [max(SHORTEST, value) for before, after, _ in both for value in (before, after)]
    low, high = log10(min(values)) - 0.1, log10(max(values)) + 0.1
    bottom, upper = 356.0, TOP + 12.0

    def place(before: float, after: float) -> tuple[float, float]:
        x = (log10(max(SHORTEST, before)) - low) / (high - low)
        y = (log10(max(SHORTEST, after)) - low) / (high - low)
        return LEFT + x * (WIDTH - LEFT - RIGHT), bottom - y * (bottom - upper)

    for power in range(-2, 6):
        if low <= power <= high:
            x, y = place(10**power, 10**power)
            drawing.path("grid", f"M{x:.1f} {upper}V{bottom}M{LEFT} {y:.1f}H{WIDTH - RIGHT}")
            drawing.word(LEFT - 6, y + 4, f"{10.0**power:g}", "end")
            drawing.word(x, bottom + 18, f"{10.0**power:g}", "middle")
    (x0, y0), (x1, y1) = place(10**low, 10**low), place(10**high, 10**high)
    drawing.path("same", f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}")
    good = [place(b, a) for b, a, key in both if key not in bad]
    drawing.path("dot", dots(good[:: 1 + len(good) // MOST_DOTS]))
    lost = [place(b, a) for b, a, key in both if key in bad]
    drawing.path("dot bad", dots(lost[:: 1 + len(lost) // MOST_DOTS]))
