"""The comment on a pull request: what a tired developer needs first, and the rest folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from diagnose.diagnosis import Diagnosis, Incident
from diagnose.reports._advice import advice
from diagnose.reports._plain import code, quoted, words
from diagnose.reports._said import verdict_of
from diagnose.reports._sentence import needs_a_person, open_question, sentence
from diagnose.reports._summary import headline
from diagnose.reports.markdown import LESS, Detail, badge, evidence
from diagnose.words import plural

ROWS, NAMES, TITLES = 6, 5, 4
SHORT_PATCH = 12  # lines
COMMAND = re.compile(r"(?m)^([ \t]*)(/[A-Za-z][\w-]*)(?=\s|$)")
NOT_A_WORD = "\u200b"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a comment is written into: its size, whether tags work, and what it reports on."""

    limit: int
    html: bool = True
    commit: str = ""
    run: str = ""


def write(diagnosis: Diagnosis, frame: Frame) -> str:
    """Write as much as there is room for; evidence goes first, the sentence never."""
    top = [*_top(diagnosis), *_origin(frame)]
    for detail in LESS:
        if len((text := _text([*top, *_folded(diagnosis, frame, detail)])).encode()) <= frame.limit:
            return text
    if len((text := _text(top)).encode()) <= frame.limit:
        return text
    return _text([f"**{words(sentence(diagnosis), 300)}.**"])


def fold(diagnosis: Diagnosis, frame: Frame, wanted: frozenset[str]) -> str:
    """Write what remains of a comment when there is nothing left that it is for."""
    if not diagnosis.incidents:
        return _text([f"{words(headline(diagnosis), 300)}.", *_origin(frame)])
    names = " or ".join(sorted(verdict.replace("_", " ") for verdict in wanted))
    said = f"Nothing of {names}: {words(sentence(diagnosis), 300)}."
    for detail in LESS:
        rest = _folded(diagnosis, frame, detail)
        if len((text := _text([said, *_origin(frame), *rest])).encode()) <= frame.limit:
            return text
    return _text([said])


def worth_saying(diagnosis: Diagnosis) -> bool:
    """Say whether a green comment would tell less than the truth."""
    nameless = any(run.unnamed.get("failed") or run.unnamed.get("error") for run in diagnosis.runs)
    tests = sum(run.counts["tests"] for run in diagnosis.runs)
    absent = any(run.not_run for run in diagnosis.runs)
    found = diagnosis.incidents or diagnosis.gaps or diagnosis.kernel.kills
    return bool(found or nameless or absent or not tests)


def _text(blocks: list[str]) -> str:
    """Join the blocks; a line that a bot or a forge would obey is no longer one."""
    return COMMAND.sub(rf"\1{NOT_A_WORD}\2", "\n\n".join(blocks)) + "\n"


def _top(diagnosis: Diagnosis) -> Iterator[str]:
    yield f"**{words(sentence(diagnosis), 300)}.**"
    incidents = [incident for incident in diagnosis.incidents if incident.tests]
    yield from _what(incidents, diagnosis)
    yield from _change(diagnosis)
    yield from _person(incidents)


def _what(incidents: list[Incident], diagnosis: Diagnosis) -> Iterator[str]:
    """Say what happened: of one cause in a sentence, of several in a table."""
    if len(incidents) == 1:
        yield f"{_capital(words(_happened(incidents[0]), 300))}: {badge(incidents[0])}."
    elif incidents:
        most = sorted(incidents, key=lambda incident: -len(incident.tests))
        rows = [
            f"| {len(each.tests):,} | {words(_happened(each), 160)} | {_whose(each)} |"
            for each in most[:ROWS]
        ]
        head = "| failed | what happened | whose problem |\n|--:|---|---|\n"
        more = [f"… and {plural(len(most) - ROWS, 'more cause')}"] if len(most) > ROWS else []
        yield head + "\n".join(rows)
        yield from more
    if diagnosis.parallelism.relation != "not_compared" and incidents:
        yield f"{_capital(words(diagnosis.parallelism.statement))}."


def _whose(incident: Incident) -> str:
    sure = f", {incident.confidence:.0%}" if incident.verdict != "inconclusive" else ""
    return f"{verdict_of(incident)}{sure}"


def _happened(incident: Incident) -> str:
    """Return the second half of a headline; the first tells how many, and is told already."""
    before, _, after = incident.headline.partition(": ")
    return after or before


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _change(diagnosis: Diagnosis) -> Iterator[str]:
    """Give the first advice with its patch and its proof, and of the others the titles."""
    given = advice(diagnosis)
    if not given:
        return
    first, *others = given
    yield "### What to change"
    yield f"**{words(first['title'], 200)}.** {words(first['why'], 600)}"
    for path, content in first["patches"][:1]:
        if content.count("\n") < SHORT_PATCH:
            yield f"{code(path)}\n{quoted(content, 2000)}"
    if first["proof"]:
        yield f"To see that it worked:\n{quoted(first['proof'], 600, 'sh')}"
    if others:
        titles = [f"- {words(each['title'], 200)}" for each in others[:TITLES]]
        more = [f"- … {len(others) - TITLES:,} more"] if len(others) > TITLES else []
        yield "If that is not enough:"
        yield "\n".join([*titles, *more])


def _person(incidents: list[Incident]) -> Iterator[str]:
    """Name what no setting will change; and say so where there is nothing."""
    if not incidents:
        return
    yield "### What needs a person"
    theirs = [incident for incident in incidents if needs_a_person(incident)]
    if not theirs:
        yield "Nothing: no failure has to be looked at one by one."
    for incident in theirs[:NAMES]:
        yield _task(incident)
    if len(theirs) > NAMES:
        yield f"… and {plural(len(theirs) - NAMES, 'more cause')}"


def _task(incident: Incident) -> str:
    shown = [code(test.id, 200) for test in incident.tests[:NAMES]]
    more = len(incident.tests) - len(shown)
    lines = [f"- {_capital(words(_happened(incident), 200))}: {badge(incident)}"]
    lines.append(f"  {' '.join(shown)}{f' and {more:,} more' if more else ''}")
    if incident.next_run and open_question(incident):
        command = code(incident.next_run.command, 400)
        lines.append(f"  What would tell: {command} ({words(incident.next_run.why, 200)})")
    return "\n\n".join(lines)


def _origin(frame: Frame) -> Iterator[str]:
    """Say of which commit and run this speaks; both come from the CI system, checked."""
    parts = [f"of {frame.commit}"] if frame.commit else []
    parts += [f"[the run]({frame.run})"] if frame.run else []
    if parts:
        yield f"*{', '.join(parts)}*"


def _folded(diagnosis: Diagnosis, frame: Frame, detail: Detail) -> Iterator[str]:
    plain = detail if frame.html else replace(detail, traces=0, tests=0)
    blocks = [_smaller(block) for block in evidence(diagnosis, plain)]
    if not blocks:
        return
    yield "<details><summary>The evidence</summary>" if frame.html else "### The evidence"
    yield from blocks
    if frame.html:
        yield "</details>"


def _smaller(block: str) -> str:
    """Make a heading of the whole report one of a part."""
    return f"##{block}" if block.startswith("##") else block
