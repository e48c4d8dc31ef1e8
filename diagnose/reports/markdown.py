"""Markdown for people and pull requests: whole, or as much of it as there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diagnose.diagnosis import Diagnosis, Incident, Item, TestCase
from diagnose.model import Run
from diagnose.reports._advice import advice
from diagnose.reports._bars import by_workers
from diagnose.reports._comparison import counted, notable, plain, sides, table
from diagnose.reports._kernel_text import section
from diagnose.reports._plain import code, quoted, words
from diagnose.reports._said import (
    EXAMPLES,
    LIGHT,
    Failures,
    examples,
    failures,
    meaning_of,
    others,
    place,
    verdict_of,
    weighed,
    where,
)
from diagnose.reports._summary import headline, main_incident
from diagnose.words import plural

COMMENT = 65_536  # characters that a comment on a pull request may have
DRAWN = 20_000  # characters
STEP_SUMMARY = 1 << 20  # bytes of the summary of a step


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is told."""

    incidents: int
    items: int
    quote: int
    tests: int
    traces: int
    runs: int = 1000
    gaps: int = 100
    advice: int = 100


WHOLE = Detail(100_000, 100, 4_000, 1_000_000, EXAMPLES)
LESS = (
    Detail(200, 20, 2_000, 500, 1),
    Detail(100, 10, 1_000, 100, 1),
    Detail(50, 6, 600, 40, 0),
    Detail(25, 4, 400, 20, 0, 100, 20, 10),
    Detail(12, 3, 200, 8, 0, 50, 10, 5),
    Detail(6, 2, 120, 3, 0, 20, 5, 3),
    Detail(3, 1, 80, 0, 0, 10, 2, 1),
    Detail(1, 0, 0, 0, 0, 0, 0, 0),
)


def render(diagnosis: Diagnosis) -> str:
    """Write all of it."""
    return _write(diagnosis, WHOLE)


def fit(diagnosis: Diagnosis, limit: int = COMMENT) -> str:
    """Write as much as so many bytes of UTF-8 hold; detail goes first, the verdict never."""
    text = ""
    for detail in (WHOLE, *LESS):
        text = _write(diagnosis, detail)
        if len(text.encode()) <= limit:
            return text
    opening = f"{_opening(diagnosis)}\n"
    return opening if len(opening.encode()) <= limit else _verdict_alone(diagnosis)


def _verdict_alone(diagnosis: Diagnosis) -> str:
    main = main_incident(diagnosis)
    return f"**{verdict_of(main)}**, {main.cause}\n" if main else "no failure\n"


def _write(diagnosis: Diagnosis, detail: Detail) -> str:
    return "\n\n".join([_opening(diagnosis), *evidence(diagnosis, detail)]) + "\n"


def evidence(diagnosis: Diagnosis, detail: Detail) -> list[str]:
    """Return all but the opening, as blocks: the runs, each incident, the advice, what lacks."""
    return [
        *_runs(diagnosis.runs[: detail.runs]),
        *_comparison(diagnosis, detail),
        *_drawn(by_workers(diagnosis.runs), detail),
        *_incidents(diagnosis, detail),
        *_advice(diagnosis, detail),
        *_kernel(diagnosis, detail),
        *_warnings(diagnosis, detail),
        *_missing(diagnosis, detail),
    ]


def _opening(diagnosis: Diagnosis) -> str:
    """Say the sentence first, then whose problem it is, then what the runs allow to say."""
    said = [f"{words(headline(diagnosis), 300)}."]
    if main := main_incident(diagnosis):
        title = f" · {words(diagnosis.title, 200)}" if diagnosis.title else ""
        said.append(f"{badge(main)}{title}")
        said.append(meaning_of(main))
        if diagnosis.parallelism.relation != "not_compared":
            said.append(words(diagnosis.parallelism.statement))
    return "\n\n".join(said)


def badge(incident: Incident) -> str:
    """Say whose problem an incident is, and how sure that is."""
    sure = f", {incident.confidence:.0%}" if incident.verdict != "inconclusive" else ""
    return f"**{verdict_of(incident)}** · {code(incident.cause)}{sure}"


def _runs(runs: tuple[Run, ...]) -> Iterator[str]:
    if runs:
        head = "| run | workers | tests | passed | failed | errors | skipped | not run | time |"
        rows = "\n".join(map(_run, runs))
        yield f"{head}\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n{rows}"


def _run(run: Run) -> str:
    counts = run.counts
    names = ("tests", "passed", "failed", "errors", "skipped", "not_run")
    numbers = " | ".join(f"{counts[name]:,}" for name in names)
    mark = "≈" if run.workers_source == "estimated" else ""
    seconds = "–" if run.wall_seconds is None else f"{run.wall_seconds:,.1f} s"
    return f"| {words(run.label, 60)} | {mark}{run.workers} | {numbers} | {seconds} |"


def _comparison(diagnosis: Diagnosis, detail: Detail) -> Iterator[str]:
    """Count what differs between the runs, and name what no incident tells of."""
    found = diagnosis.comparison
    if found is None or not counted(found) or not detail.items:
        return
    yield f"**Compared:** {words(sides(found), 300)}: {words(plain(found), 600)}"
    by_workers = table(diagnosis)
    if by_workers and len(by_workers.rows) > 1:
        head, *rows = ("| " + " | ".join(map(words, row)) + " |" for row in by_workers.lines)
        yield "\n".join([head, "|" + "--:|" * len(by_workers.head), *rows[: detail.runs]])
    for text, names in notable(found, detail.tests) if detail.tests else ():
        yield folded(f"tests: {text}", quoted("\n".join(names), 1 << 20))


def _drawn(lines: list[str], detail: Detail) -> Iterator[str]:
    """Show what is drawn with letters, line by line as it is."""
    if lines and detail.quote:
        yield quoted("\n".join(lines), DRAWN)


def _kernel(diagnosis: Diagnosis, detail: Detail) -> Iterator[str]:
    """Show memory by process and the timeline of kills as a terminal does: it lines up."""
    lines = list(section(diagnosis.kernel, bool(diagnosis.runs)))[1:]
    if lines and detail.items > 1:
        yield "## What the kernel says"
        yield from _drawn([line.removeprefix("  ") for line in lines], detail)


def _incidents(diagnosis: Diagnosis, detail: Detail) -> Iterator[str]:
    known = failures(diagnosis.runs) if detail.traces else {}
    for number, incident in enumerate(diagnosis.incidents[: detail.incidents], 1):
        yield f"## {number}. {words(incident.headline, 300)}"
        yield badge(incident)
        rows = where(incident, diagnosis)[: detail.runs]
        if len(rows) > 1:
            yield " · ".join(f"{words(label, 60)} {bad}/{ran}" for label, bad, ran in rows)
        yield from _ledger(weighed(incident)[: detail.items], detail)
        yield from _after(incident)
        yield from _traces(incident, known, detail)
        yield from _tests(incident, detail)
    if more := diagnosis.incidents[detail.incidents :]:
        tests = plural(sum(len(incident.tests) for incident in more), "test")
        verdicts = ", ".join(sorted({verdict_of(incident) for incident in more})[:12])
        yield f"… {plural(len(more), 'more cause')}, {tests}: {verdicts}"


def _ledger(items: list[Item], detail: Detail) -> Iterator[str]:
    for item in items:
        weight = f"**{item.decibans:+.0f} dB**" if abs(item.decibans) >= LIGHT else "Also"
        yield f"{weight} {words(item.text)}"
        if item.source and item.quote and detail.quote:
            yield f"{code(place(item.source))}\n{quoted(item.quote, detail.quote)}"


def _after(incident: Incident) -> Iterator[str]:
    if also := "; ".join(others(incident)):
        yield f"Otherwise: {words(also)}"
    for text in incident.missing[:5]:
        yield f"Missing: {words(text)}"
    if proposal := incident.next_run:
        times = f" (run {proposal.repeats} times)" if proposal.repeats > 1 else ""
        command = quoted(proposal.command, 2000, "sh")
        yield f"What would settle it{times}: {words(proposal.why)}\n{command}"


def _traces(incident: Incident, known: Failures, detail: Detail) -> Iterator[str]:
    for *_, failure in examples(incident, known, detail.traces):
        text = quoted(failure.text, detail.quote * 2)
        yield folded(f"What one of them said, {place(failure.source)}", text)


def _tests(incident: Incident, detail: Detail) -> Iterator[str]:
    shown = [_name(test) for test in incident.tests[: detail.tests]]
    if shown:
        more = len(incident.tests) - len(shown)
        shown += [f"… {more:,} more"] if more else []
        names = quoted("\n".join(name[:400] for name in shown), 1 << 30)
        yield folded(plural(len(incident.tests), "test"), names)


def _name(test: TestCase) -> str:
    name = test.id.replace("\n", " ")
    return name if test.role == "victim" else f"{test.role}: {name}"


def folded(summary: str, inside: str) -> str:
    """Fold something away, so that a click shows it."""
    # Within HTML, Markdown does not apply: what is no letter, digit or path goes.
    plain = "".join(c if c.isalnum() or c in " ,./_-:" else "?" for c in summary)[:300]
    return f"<details><summary>{plain.replace('://', ' ')}</summary>\n\n{inside}\n\n</details>"


def _advice(diagnosis: Diagnosis, detail: Detail) -> Iterator[str]:
    given = advice(diagnosis)[: detail.advice]
    if given:
        yield "## What to change"
    for each in given:
        yield f"### {words(each['title'], 200)}"
        for text in filter(None, (each["why"], each["effect"])):
            yield words(text)
        for path, content in each["patches"]:
            yield f"{code(path)}\n{quoted(content, 20_000)}"
        if each["proof"]:
            yield f"Proof:\n{quoted(each['proof'], 2000, 'sh')}"


def _warnings(diagnosis: Diagnosis, detail: Detail) -> Iterator[str]:
    shown = diagnosis.warnings[: detail.gaps]
    if shown:
        yield "## Early warnings"
        yield "Nothing failed of these yet."
        at = [f" ({code(place(each.source))})" if each.source else "" for each in shown]
        said = [words(each.text) for each in shown]
        yield "\n".join(f"- {text}{where}" for text, where in zip(said, at, strict=True))


def _missing(diagnosis: Diagnosis, detail: Detail) -> Iterator[str]:
    lines = [f"- {words(f'{gap.run}: {gap.text}')}" for gap in diagnosis.gaps[: detail.gaps]]
    problems = diagnosis.problems[: detail.gaps]
    lines += [f"- not read: {code(place(each.source))}: {words(each.message)}" for each in problems]
    total = len(diagnosis.gaps) + len(diagnosis.problems)
    if lines:
        more = [f"- … {total - len(lines):,} more"] if total > len(lines) else []
        yield "## What is missing"
        yield "\n".join([*lines, *more])
