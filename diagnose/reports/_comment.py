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
from diagnose.reports.markdown import LESS, Detail, badge, evidence, folded
from diagnose.words import plural

ROWS, NAMES, TITLES = 6, 5, 4
SHORT, LONG = 6, 30  # lines of a patch
COMMAND = re.compile(r"(?m)^([ \t]*)(/[A-Za-z][\w-]*)(?=\s|$)")
NOT_A_WORD = "\u200b"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a comment is written into: its size, whether tags work, and what it reports on.

    `commit` and `run` come from the CI system and are checked before; `name` may be anything.
    """

    limit: int
    html: bool = True
    name: str = ""
    commit: str = ""
    run: str = ""

    @property
    def details(self) -> tuple[Detail, ...]:
        """Return how much may be told, most first; what can't be folded away is kept short."""
        return LESS if self.html else LESS[5:]


def write(diagnosis: Diagnosis, frame: Frame) -> str:
    """Write as much as there is room for; evidence goes first, the sentence never."""
    top = [*_top(diagnosis, frame), *_origin(frame)]
    for detail in frame.details:
        if len((text := _text([*top, *_rest(diagnosis, frame, detail)])).encode()) <= frame.limit:
            return text
    if len((text := _text(top)).encode()) <= frame.limit:
        return text
    return _text([f"**{words(sentence(diagnosis), 300)}.**"])


def fold(diagnosis: Diagnosis, frame: Frame, wanted: frozenset[str]) -> str:
    """Write what remains of a comment when there is nothing left that it is for."""
    if not diagnosis.incidents:
        return _text([f"{words(headline(diagnosis), 300)}.", *_origin(frame)])
    names = " or ".join(sorted(verdict.replace("_", " ") for verdict in wanted))
    said = f"No longer {names}: {words(sentence(diagnosis), 300)}."
    for detail in frame.details:
        rest = _rest(diagnosis, frame, detail)
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


def _top(diagnosis: Diagnosis, frame: Frame) -> Iterator[str]:
    yield f"**{words(sentence(diagnosis), 300)}.**"
    incidents = [incident for incident in diagnosis.incidents if incident.tests]
    yield from _what(incidents, diagnosis)
    yield from _change(diagnosis, frame)
    yield from _person(incidents)


def _what(incidents: list[Incident], diagnosis: Diagnosis) -> Iterator[str]:
    """Say what happened: of one cause in a sentence, of several in a table."""
    if len(incidents) == 1:
        what, example = _happened(incidents[0])
        yield f"{_capital(words(what, 300))}: {badge(incidents[0])}."
        if example:
            yield code(example, 240)
    elif incidents:
        most = sorted(incidents, key=lambda incident: -len(incident.tests))
        rows = [
            f"| {len(each.tests):,} | {words(_happened(each)[0], 120)} | {_whose(each)} |"
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


def _happened(incident: Incident) -> tuple[str, str]:
    """Take a headline apart: how many is told already; what happened; the words of one failure."""
    before, _, after = incident.headline.partition(": ")
    what, _, example = (after or before).partition(" (")
    return (what, example[:-1]) if example.endswith(")") else (after or before, "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _change(diagnosis: Diagnosis, frame: Frame) -> Iterator[str]:
    """Give the first advice with its patch and its proof, and of the others the titles."""
    given = advice(diagnosis)
    if not given:
        return
    first, *others = given
    yield "### What to change"
    stop = "" if first["title"].endswith((".", "?", "!")) else "."
    yield f"**{words(first['title'], 200)}{stop}** {words(first['why'], 600)}"
    yield from _patch(first["patches"][:1], frame)
    if first["proof"]:
        yield f"To see that it worked:\n{quoted(first['proof'], 600, 'sh')}"
    if others:
        titles = [f"- {words(each['title'], 200)}" for each in others[:TITLES]]
        more = [f"- … {len(others) - TITLES:,} more"] if len(others) > TITLES else []
        yield "If that is not enough:" if len(diagnosis.incidents) == 1 else "And:"
        yield "\n".join([*titles, *more])


def _patch(patches: list[tuple[str, str]], frame: Frame) -> Iterator[str]:
    """Show what to write if it is short; fold it if it is not very long."""
    for path, content in patches:
        lines = content.count("\n")
        if lines <= SHORT:
            yield f"{code(path)}\n{quoted(content, 2000)}"
        elif lines <= LONG and frame.html:
            yield folded(path, quoted(content, 4000))


def _person(incidents: list[Incident]) -> Iterator[str]:
    """Name what no setting will change; and say so where there is nothing."""
    if not incidents:
        return
    theirs = [incident for incident in incidents if needs_a_person(incident)]
    if not theirs:
        yield "**Nothing else needs a person:** the failures need not be looked at one by one."
        return
    yield "### What needs a person"
    theirs.sort(key=lambda incident: incident.verdict != "service_fault")
    for incident in theirs[:NAMES]:
        if len(incidents) > 1:
            yield f"{_capital(words(_happened(incident)[0], 200))}: {badge(incident)}"
        yield from _task(incident)
    if len(theirs) > NAMES:
        yield f"… and {plural(len(theirs) - NAMES, 'more cause')}"


def _task(incident: Incident) -> Iterator[str]:
    shown = [f"- {code(test.id, 200)}" for test in incident.tests[:NAMES]]
    more = len(incident.tests) - len(shown)
    yield "\n".join([*shown, *([f"- … {more:,} more"] if more else [])])
    if incident.next_run and open_question(incident):
        command = quoted(incident.next_run.command, 2000, "sh")
        yield f"What would tell: {words(incident.next_run.why, 200)}\n{command}"


def _origin(frame: Frame) -> Iterator[str]:
    parts = [words(frame.name, 200)] if frame.name else []
    parts += [f"for {frame.commit}"] if frame.commit else []
    parts += [f"[the run]({frame.run})"] if frame.run else []
    if parts:
        yield f"*{' · '.join(parts)}*"


def _rest(diagnosis: Diagnosis, frame: Frame, detail: Detail) -> Iterator[str]:
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
