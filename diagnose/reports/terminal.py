"""The report for a terminal: 80 columns, no control sequence that the input brought along."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from diagnose.model import Diagnosis, Gap, Incident, Problem, Run, TestCase
from diagnose.reports._summary import headline
from diagnose.words import plural, some

WIDTH = 80
SHOWN_INCIDENTS = 10
SHOWN_TESTS = 3
SHOWN_PROBLEMS = 8
SENTENCE = 400
SOURCES = {"stated": "", "log": "", "report": "", "estimated": "≈", "": "?"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(diagnosis: Diagnosis) -> str:
    """Write the headline, the runs, the failures, and what is not there."""
    blocks = [
        _wrap(diagnosis.title),
        _wrap(headline(diagnosis)),
        list(_runs(diagnosis.runs)),
        list(_incidents(diagnosis)),
        list(_gaps(diagnosis.gaps)),
        list(_problems(diagnosis.problems)),
    ]
    return "\n\n".join("\n".join(map(clean, block)) for block in blocks if block) + "\n"


def clean(text: str) -> str:
    """Drop what could move the cursor, recolour the screen or turn the text around."""
    return CONTROL.sub("", text.expandtabs(4))


def _wrap(text: str, indent: str = "", hanging: str = "") -> list[str]:
    """Break a sentence into lines; an endless one is cut, the JSON report has it whole."""
    text = clean(text)
    text = text if len(text) <= SENTENCE else text[: SENTENCE - 1] + "…"
    following = hanging or indent
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=following)


def _cut(text: str, width: int) -> str:
    """Shorten from the left: the end of a test's name tells it from its neighbours."""
    text = clean(text).replace("\n", " ")
    return text if len(text) <= width else "…" + text[-(width - 1) :]


def _runs(runs: Iterable[Run]) -> Iterator[str]:
    rows = [_row(run) for run in runs]
    if not rows:
        return
    yield "RUNS"
    head = ("", "workers", "tests", "passed", "failed", "errors", "skipped", "not run", "time")
    yield _line(head)
    yield from map(_line, rows)
    if any(row[1].startswith("≈") for row in rows):
        yield "  ≈ estimated from how many tests ran at once; say @N after a run if you know"


def _row(run: Run) -> tuple[str, ...]:
    counts = run.counts
    words = ("tests", "passed", "failed", "errors", "skipped", "not_run")
    time = "–" if run.wall_seconds is None else _seconds(run.wall_seconds)
    workers = f"{SOURCES[run.workers_source]}{run.workers}"
    return (_cut(run.label, 15), workers, *(f"{counts[word]:,}" for word in words), time)


def _line(cells: tuple[str, ...]) -> str:
    label, *numbers = cells
    return (
        "  "
        + label.ljust(15)
        + "".join(cell.rjust(8) for cell in numbers[:-1])
        + numbers[-1].rjust(7)
    )


def _seconds(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f}s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}m{rest:02}s" if minutes < 100 else f"{minutes // 60}h{minutes % 60:02}"


def _incidents(diagnosis: Diagnosis) -> Iterator[str]:
    if not diagnosis.incidents:
        return
    yield "FAILURES"
    for number, incident in enumerate(diagnosis.incidents[:SHOWN_INCIDENTS], start=1):
        yield from _incident(number, incident, [run.label for run in diagnosis.runs])
    if more := diagnosis.incidents[SHOWN_INCIDENTS:]:
        tests = plural(sum(len(incident.tests) for incident in more), "test")
        yield f"  … {plural(len(more), 'more kind')}, {tests}; -o report.json has all"


def _incident(number: int, incident: Incident, labels: list[str]) -> Iterator[str]:
    yield from _wrap(incident.headline, f"{number:3}. ", "     ")[:3]
    if len(labels) > 1:
        yield from _wrap(_where(incident.tests, labels), "     ")
    yield from (f"       {_cut(test.id, WIDTH - 7)}" for test in incident.tests[:SHOWN_TESTS])
    if (more := len(incident.tests) - SHOWN_TESTS) > 0:
        yield f"       … {more:,} more"
    for item in incident.ledger:
        if item.quote and item.source:
            yield f"     {_cut(item.source.path, 60)}:{item.source.line}"
            yield f"       {clean(item.quote)[: WIDTH - 7]}"


def _where(tests: tuple[TestCase, ...], labels: list[str]) -> str:
    failed, passed = [], []
    for label in labels:
        known = [test.outcomes[label] for test in tests if label in test.outcomes]
        bad = sum(outcome in ("failed", "error") for outcome in known)
        if bad:
            failed.append(f"{label} {bad}/{len(known)}")
        elif known:
            passed.append(label)
    said = f"failed in {', '.join(failed)}"
    return f"{said}; not in {', '.join(passed)}" if passed else said


def _gaps(gaps: Iterable[Gap]) -> Iterator[str]:
    gaps = list(gaps)
    if gaps:
        yield "NOT THERE"
    for gap in gaps:
        yield from _wrap(f"{gap.run}: {gap.text}", "  ", "    ")


def _problems(problems: tuple[Problem, ...]) -> Iterator[str]:
    if problems:
        yield "NOT READ"
    places: dict[str, list[str]] = {}
    for problem in problems:
        line = f":{problem.source.line}" if problem.source.line else ""
        places.setdefault(problem.message, []).append(f"{problem.source.path}{line}")
    for message, where in list(places.items())[:SHOWN_PROBLEMS]:
        yield from _wrap(f"{some(where, 2)}: {message}", "  ", "    ")
    if (more := len(places) - SHOWN_PROBLEMS) > 0:
        yield f"  … {plural(more, 'more problem')}; -o report.json has all"
