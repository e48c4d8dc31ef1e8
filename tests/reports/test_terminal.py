"""The terminal report: 80 columns, and nothing in it that the input could steer."""

from dataclasses import replace
from pathlib import Path

import pytest

import diagnose
from diagnose.cli._paint import paint
from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.model import Gap, Problem, Run, Source
from diagnose.words import clean
from tests.conftest import Golden
from tests.sample import HOSTILE, sample

HERE = Path(__file__).parent


def test_the_sample_is_written_as_it_was(golden: Golden) -> None:
    golden(HERE / "terminal" / "expected.txt", diagnose.render(sample(), "terminal"))


def test_no_line_is_longer_than_a_terminal_is_wide() -> None:
    assert max(map(len, diagnose.render(sample(), "terminal").splitlines())) <= 80


def hostile(text: str) -> Diagnosis:
    case = TestCase(text, text, text, outcomes={text: "failed"})
    return Diagnosis(
        (Run(text),),
        (Incident(text, text, (case,)),),
        (Gap(text, "lost", text),),
        (Problem(Source(text), text),),
        title=text,
    )


@pytest.mark.parametrize("text", [HOSTILE, "\x1b]0;owned\x07", "a\rb", "\x9b2J", "x" * 2_000_000])
def test_hostile_text_can_steer_nothing(text: str) -> None:
    report = diagnose.render(hostile(text), "terminal")
    assert not set(report) & {"\x1b", "\x07", "\r", "\x9b", "\u202e"}
    assert max(map(len, report.splitlines())) <= 80
    assert len(report) < 10_000


def test_a_tab_becomes_blanks_and_a_bell_nothing() -> None:
    assert clean("a\tb\x07") == "a   b"


def test_green_and_not_all_there_is_the_headline() -> None:
    run = Run("n8", workers=8, workers_source="log", unnamed={"passed": 153}, not_run=31)
    text = diagnose.render(Diagnosis((run,)), "terminal")
    assert text.startswith("Green, but 31 tests never ran\n")


def test_paint_changes_nothing_but_colour() -> None:
    text = diagnose.render(replace(sample(), title=""), "terminal")
    painted = paint(text)
    assert "\x1b[1mRUNS\x1b[0m" in painted
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"):
        painted = painted.replace(code, "")
    assert painted == text


def test_the_cause_that_is_named_is_called_most_only_where_it_is() -> None:
    one = replace(sample().incidents[0], tests=sample().incidents[0].tests[:1])
    two = replace(one, tests=sample().incidents[0].tests[:2])
    shares = ((one,), (one, one, one), (two, one))
    said = [diagnose.render(Diagnosis((), each), "terminal").partition(":")[0] for each in shares]
    assert said == [
        "1 failed test, 1 cause",
        "3 failed tests, 3 causes, among them",
        "3 failed tests, 2 causes, mostly",
    ]
