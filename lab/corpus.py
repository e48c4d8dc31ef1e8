"""The failure texts of `lab/texts`, and what `diagnose` says of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import diagnose
from lab.scoring import LIKELY, RESOURCE

TEXTS = Path(__file__).parent / "texts"
ASSERTION = """    def test_case():
>       assert total == 42
E       assert 41 == 42

tests/test_case.py:7: AssertionError"""
REPORT = (
    '<testsuites><testsuite name="suite" tests="1"><testcase classname="tests.test_case" '
    'name="test_case" time="1.5"><failure message={message}>{text}</failure>{output}</testcase>'
    "</testsuite></testsuites>"
)
DISTRACTED = (RESOURCE, "environment", "test_isolation")


@dataclass(frozen=True, slots=True)
class Text:
    """A failure that others explained: what it says, and what was concluded."""

    id: str
    project: str
    split: str
    language: str
    text: str
    verdict: str
    cause: str
    hard: bool
    identifiable: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the tool says of one text."""

    text: Text
    verdict: str
    cause: str
    confidence: float
    posterior: Mapping[str, float]

    @property
    def right(self) -> bool:
        """Say whether the verdict is the concluded one; where none can be told, doubt is right."""
        if self.verdict == self.text.verdict:
            return True
        doubts = self.verdict == "inconclusive" or self.confidence < LIKELY
        return doubts and not self.text.identifiable

    @property
    def named(self) -> bool:
        """Say whether the cause is the concluded one."""
        return self.cause == self.text.cause

    @property
    def excused(self) -> bool:
        """Say whether a fault of the service was put down to how the tests are run."""
        fault = self.text.verdict == "service_fault"
        return fault and self.verdict == RESOURCE and self.confidence >= LIKELY


def texts(split: str = "", name: str = "cases") -> list[Text]:
    """Read the texts of one half, or of both; the `negatives` are told by their name."""
    rows = map(json.loads, (TEXTS / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [_text(row) for row in rows if split in ("", row["split"])]


def _text(row: Mapping[str, Any]) -> Text:
    known = {field: row[field] for field in Text.__slots__ if field in row}
    return Text(**{"hard": False, "identifiable": True, **known})


def judged(chosen: Iterable[Text]) -> Iterator[Said]:
    """Let each text be read as the report of one failed test."""
    for text in chosen:
        yield _said(text, text.text, "")


def distracted(chosen: Iterable[Text]) -> list[Said]:
    """Return those of a plain assertion's verdicts that its captured output turned."""
    said = [_said(text, ASSERTION, text.text) for text in chosen]
    return [each for each in said if each.verdict in DISTRACTED]


def _said(text: Text, failure: str, output: str) -> Said:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xml"
        path.write_text(_report(failure, output), "utf-8")
        incidents = diagnose.examine([path]).incidents
    if not incidents:
        return Said(text, "", "", 0.0, {})
    first = incidents[0]
    return Said(text, first.verdict, first.cause, first.confidence, first.posterior)


def _report(failure: str, output: str) -> str:
    lines = [line.strip() for line in failure.splitlines() if line.strip()]
    errors = [line[1:].strip() for line in lines if line.startswith("E ")]
    message = [*lines[-1:], *errors[-1:]][-1] if lines else ""
    body = f"<system-out>{escape(_allowed(output))}</system-out>" if output else ""
    return REPORT.format(
        message=quoteattr(_allowed(message)[:300]), text=escape(_allowed(failure)), output=body
    )


def _allowed(text: str) -> str:
    """Leave out what XML can't hold."""
    return "".join(letter for letter in text if letter in "\t\n\r" or ord(letter) >= 32)
