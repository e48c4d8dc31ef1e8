"""Reads an example of a cause page as the reader of its fence would have given it."""

from __future__ import annotations

from diagnose.clues import Example, Facts, Hit, Place
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._signature import facts, find, find_in
from diagnose.model import Captured, Failure, Source, TestResult

PLACE: dict[str, Place] = {"console": "console", "service_log": "service", "kernel": "kernel"}
# What failed where an example is only what the test wrote.
PLAIN = """\
    def test_total():
>       assert total == 42
E       assert 41 == 42

tests/test_total.py:7: AssertionError"""


def read_example(example: Example, patterns: Patterns) -> tuple[list[Hit], Facts]:
    """Return what the classifier makes of it."""
    source = Source("example", 1)
    if example.reader in PLACE:
        return find_in(example.text, PLACE[example.reader], source, patterns), Facts()
    text, output = (PLAIN, example.text) if example.reader == "captured" else (example.text, "")
    test = TestResult(
        "tests.test_total",
        "test_total",
        "failed",
        source,
        failures=(Failure("failed", "", source, text),),
        output=(Captured("stdout", output, source),) if output else (),
    )
    return find(test, patterns), facts(test)
