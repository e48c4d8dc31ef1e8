"""The report for a terminal: 80 columns, no control sequence that the input brought along."""

from collections.abc import Iterable, Iterator

from diagnose.diagnosis import (
    Advice,
    Alternative,
    Diagnosis,
    EarlyWarning,
    Incident,
    Item,
    TestCase,
)
from diagnose.model import Gap, Problem, Run
from diagnose.reports._columns import SENTENCE, WIDTH, cut, middle, short, wrap
from diagnose.reports._comparison import counted, notable, plain, sides, table, whole
from diagnose.reports._kernel_text import section
from diagnose.reports._said import meaning_of
from diagnose.reports._summary import headline, main_incident
from diagnose.words import clean, plural, some

SHOWN_INCIDENTS = 10
SHOWN_TESTS = 3
SHOWN_PROBLEMS = 8
SHOWN_ADVICE = 3
REASON, HEADLINE = 600, 230  # characters
SHOWN_PATCH = 3  # lines
PLAIN_COLUMNS = 5  # of the table by workers; the incidents' own need more room
WORTH_SAYING = 0.05
LIGHT = 0.5  # decibans that nobody need read of
SOURCES = {"stated": "", "log": "", "report": "", "estimated": "≈", "": "?"}


def render(diagnosis: Diagnosis) -> str:
    """Write the headline, the runs, the failures, and what is not there."""
    return "\n\n".join("\n".join(block) for block in blocks(diagnosis).values()) + "\n"


def blocks(diagnosis: Diagnosis) -> dict[str, list[str]]:
    """Return the parts of the report that have something to say, each by its name."""
    found: dict[str, Iterable[str]] = {
        "title": wrap(diagnosis.title),
        "headline": [
            *wrap(middle(headline(diagnosis), HEADLINE)),
            *_whose(main_incident(diagnosis)),
            *_parallelism(diagnosis),
        ],
        "advice": _advice(diagnosis.advice),
        "runs": _runs(diagnosis.runs),
        "compared": _comparison(diagnosis),
        "failures": _incidents(diagnosis),
        "kernel": section(diagnosis.kernel, bool(diagnosis.runs)),
        "warnings": _warnings(diagnosis.warnings),
        "missing": _gaps(diagnosis.gaps),
        "problems": _problems(diagnosis.problems),
        "redactions": _redactions(diagnosis.redactions or 0),
    }
    lines = {name: [clean(line) for line in block] for name, block in found.items()}
    return {name: block for name, block in lines.items() if block}


def _whose(main: Incident | None) -> list[str]:
    """Say whose problem it is before anything else is read."""
    return wrap(f"{_verdict(main)}. {meaning_of(main)}") if main else []


def _parallelism(diagnosis: Diagnosis) -> list[str]:
    said = diagnosis.parallelism
    return wrap(said.statement) if said.relation != "not_compared" and diagnosis.incidents else []


def _advice(advice: tuple[Advice, ...]) -> Iterator[str]:
    if not advice:
        return
    yield "WHAT TO DO"
    for number, each in enumerate(advice[:SHOWN_ADVICE], start=1):
        yield from wrap(f"{number}. {each.title}", "  ", "     ")
        yield from wrap(each.why, "     ", most=REASON)
        if number == 1:
            yield from _patch(each)
        if each.proof:
            yield from _labelled("proof", each.proof)
    more = len(advice) - SHOWN_ADVICE
    rest = f"{more:,} more, and " if more > 0 else ""
    if rest or any(each.patches for each in advice):
        yield f"  {rest}all files to change or add: -o report.html (or .md, .json)"


def _patch(advice: Advice) -> Iterator[str]:
    """Show where the first patch goes, and how it begins."""
    for patch in advice.patches[:1]:
        lines = patch.content.splitlines()
        yield f"     {cut(patch.path, WIDTH - 5)}"
        yield from (f"       {short(line, WIDTH - 7)}".rstrip() for line in lines[:SHOWN_PATCH])
        if len(lines) > SHOWN_PATCH:
            yield f"       … {plural(len(lines) - SHOWN_PATCH, 'more line')}"


def _runs(runs: Iterable[Run]) -> Iterator[str]:
    rows = [_row(run) for run in runs if not _is_log(run)]
    if not rows:
        return
    yield "RUNS"
    head = ("", "workers", "tests", "passed", "failed", "errors", "skipped", "not run", "time")
    yield _line(head)
    yield from map(_line, rows)
    if any(row[1].startswith("≈") for row in rows):
        yield "  ≈ estimated from how many tests ran at once; say @N after a run if you know"


def _is_log(run: Run) -> bool:
    """Say whether somebody called a kernel log a run: it has a section of its own."""
    return not run.counts["tests"] and {each.kind for each in run.inputs} == {"kernel"}


def _row(run: Run) -> tuple[str, ...]:
    counts = run.counts
    big = counts["tests"] >= 100_000  # then thousands are what fits
    words = ("tests", "passed", "failed", "errors", "skipped", "not_run")
    time = "–" if run.wall_seconds is None else _seconds(run.wall_seconds)
    workers = f"{SOURCES[run.workers_source]}{run.workers}"
    return (cut(run.label, 15), workers, *(_count(counts[word], big) for word in words), time)


def _count(number: int, big: bool) -> str:
    return f"{number / 1000:,.0f}k" if big and number >= 10_000 else f"{number:,}"


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


def _comparison(diagnosis: Diagnosis) -> Iterator[str]:
    """Count what differs between the runs; failures are told below, what else changed here."""
    found = diagnosis.comparison
    if found is None or not counted(found):
        return
    yield "COMPARED"
    yield from wrap(f"{sides(found)}: {plain(found)}", "  ", "    ")
    for text, names in notable(found, SHOWN_TESTS):
        yield f"  {text}"
        yield from (f"    {cut(name, WIDTH - 4)}" for name in names)
    by_workers = table(diagnosis)
    if by_workers and len(by_workers.rows) > 1:
        for cells in by_workers.lines:
            yield "  " + "".join(cell.rjust(10) for cell in cells[:PLAIN_COLUMNS])
    if any(test.change == "slowed" for test in found.tests):
        yield from wrap(whole(found), "  ", "    ")


def _incidents(diagnosis: Diagnosis) -> Iterator[str]:
    if not diagnosis.incidents:
        return
    yield "FAILURES"
    for number, incident in enumerate(diagnosis.incidents[:SHOWN_INCIDENTS], start=1):
        yield from _incident(number, incident, [run.label for run in diagnosis.runs])
    if more := diagnosis.incidents[SHOWN_INCIDENTS:]:
        tests = plural(sum(len(incident.tests) for incident in more), "test")
        yield f"  … {plural(len(more), 'more cause')}, {tests}; -o report.json has all"
    if any(_heard(item) for each in diagnosis.incidents for item in each.ledger):
        yield "  dB: +10 makes the verdict ten times as likely as the next, +3 twice; - less so"


def _incident(number: int, incident: Incident, labels: list[str]) -> Iterator[str]:
    yield f"{number:3}. {_verdict(incident)}"
    yield from wrap(middle(incident.headline, HEADLINE), "     ")
    if len(labels) > 1:
        yield from wrap(_where(incident.tests, labels), "     ")
    for test in incident.tests[:SHOWN_TESTS]:
        role = f"{short(test.role, 12)}: " if test.role != "victim" else ""
        yield f"       {role}{cut(test.id, WIDTH - 7 - len(role))}"
    if (more := len(incident.tests) - SHOWN_TESTS) > 0:
        yield f"       … {more:,} more"
    yield from _ledger(incident.ledger)
    others = [f"{each.cause} ({each.verdict}) {each.confidence:.0%}" for each in _others(incident)]
    if others:
        yield from _labelled("or", ", ".join(others))
    for text in incident.missing:
        yield from _labelled("missing", text)
    if incident.next_run:
        times = f"{incident.next_run.repeats} times: " if incident.next_run.repeats > 1 else ""
        yield from _labelled("next", incident.next_run.command, REASON)
        yield from _labelled("", f"{times}{incident.next_run.why}", REASON)


def _verdict(incident: Incident) -> str:
    if incident.verdict == "inconclusive":
        return "DON'T KNOW"
    name = incident.verdict.replace("_", " ").upper()
    doubt = "UNDETERMINED, perhaps " if incident.wording == "undetermined" else ""
    likely = "likely, " if incident.wording == "likely" else ""
    return f"{doubt}{name} · {incident.cause} · {likely}{incident.confidence:.0%}"


def _others(incident: Incident) -> list[Alternative]:
    return [other for other in incident.alternatives if other.confidence >= WORTH_SAYING][:2]


def _ledger(items: Iterable[Item]) -> Iterator[str]:
    """Show what weighs most, and where it stands."""
    for item in sorted(items, key=lambda item: -abs(item.decibans)):
        if not _heard(item):
            continue
        yield from _labelled(f"{item.decibans:+.0f} dB", item.text)
        if item.quote and item.source:
            yield f"              {cut(item.source.path, 55)}:{item.source.line}"
            yield f"                {middle(item.quote.strip(), WIDTH - 16)}"


def _heard(item: Item) -> bool:
    return item.kind not in ("prior", "bounds") and abs(item.decibans) >= LIGHT


def _labelled(label: str, text: str, most: int = SENTENCE) -> list[str]:
    return wrap(text, f"     {label:<8} ", " " * 14, most)


def _where(tests: tuple[TestCase, ...], labels: list[str]) -> str:
    failed, passed = [], []
    for label in labels:
        known = [test.outcomes[label] for test in tests if label in test.outcomes]
        bad = sum(outcome in ("failed", "error") for outcome in known)
        if bad:
            failed.append(f"{label} ({bad} of {len(known)})")
        elif known:
            passed.append(label)
    said = f"fails in {', '.join(failed)}"
    return f"{said}; passes in {', '.join(passed)}" if passed else said


def _warnings(warnings: tuple[EarlyWarning, ...]) -> Iterator[str]:
    """Show what tests that passed give away, each with its place."""
    if warnings:
        yield "EARLY WARNINGS"
        yield "  nothing failed of these yet"
    for each in warnings:
        yield from wrap(each.text, "  ", "    ")
        if each.source:
            line = f":{each.source.line}" if each.source.line else ""
            yield f"      {cut(each.source.path, 66)}{line}"


def _gaps(gaps: Iterable[Gap]) -> Iterator[str]:
    gaps = list(gaps)
    if gaps:
        yield "MISSING"
    for gap in gaps:
        yield from wrap(f"{gap.run}: {gap.text}", "  ", "    ")


def _problems(problems: tuple[Problem, ...]) -> Iterator[str]:
    if problems:
        yield "COULD NOT BE READ"
    places: dict[str, list[str]] = {}
    for problem in problems:
        line = f":{problem.source.line}" if problem.source.line else ""
        places.setdefault(problem.message, []).append(f"{problem.source.path}{line}")
    for message, where in list(places.items())[:SHOWN_PROBLEMS]:
        yield from wrap(f"{some(where, 2)}: {message}", "  ", "    ")
    if (more := len(places) - SHOWN_PROBLEMS) > 0:
        yield f"  … {plural(more, 'more problem')}; -o report.json has all"


def _redactions(number: int) -> list[str]:
    said = f"{plural(number, 'secret')} left out: [redacted] stands there; --no-redact shows all"
    return wrap(said) if number else []
