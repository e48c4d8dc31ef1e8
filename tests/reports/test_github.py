"""Annotations for GitHub: on the line that failed, escaped, and no more than are shown."""

import re
from dataclasses import replace

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.model import Failure, Problem, Run, Source, TestResult
from tests.reports.hostile import EVIL, everywhere
from tests.sample import sample

COMMAND = re.compile(r"::(notice|error|warning) ([^:]*)::(.*)")
TRACE = """\
tests/test_a.py:7: in test_one
    store.put(1)
shop/store.py:40: in put
    raise Full
.venv/lib/python3.12/site-packages/db/client.py:9: in call
E   db.Full: no room"""


def commands(diagnosis: Diagnosis) -> list[tuple[str, dict[str, str], str]]:
    """Read the report as the runner of GitHub does."""
    found = []
    for row in diagnose.render(diagnosis, "github").splitlines():
        match = COMMAND.fullmatch(row)
        assert match, row
        pairs = (pair.partition("=") for pair in match[2].split(","))
        found.append((match[1], {name: value for name, _, value in pairs}, match[3]))
    return found


def failed(text: str, number: int = 1) -> Diagnosis:
    results = tuple(
        TestResult(
            "tests.test_a", f"test_{n}", "failed", Source("a.xml", 3),
            file="tests/test_a.py", line=5,
            failures=(Failure("failed", "no room", Source("a.xml", 4), text),),
        )
        for n in range(number)
    )  # fmt: skip
    cases = tuple(
        TestCase(f"tests/test_a.py::{r.name}", r.classname, r.name, r.file) for r in results
    )
    incident = Incident(
        "x-1", "they failed: no room", cases, "service_fault", "assertion", 0.8, "likely"
    )
    return Diagnosis((Run("n8", results=results),), (incident,))


def test_an_error_stands_on_the_innermost_line_of_the_project() -> None:
    (_, error) = commands(failed(TRACE))
    assert error == (
        "error",
        {
            "file": "shop/store.py",
            "line": "40",
            "title": "likely service fault · assertion%2C 80%25",
        },
        "they failed: no room",
    )


@pytest.mark.parametrize("text", ["", "no frames", "/abs/tests/test_a.py:7: in test_one\nE   x"])
def test_without_a_frame_the_test_itself_is_the_place(text: str) -> None:
    (_, (_, named, _)) = commands(failed(text))
    assert (named["file"], named["line"]) == ("tests/test_a.py", "5")


def test_each_incident_has_its_error_before_any_has_two() -> None:
    one = failed("", 8)
    both = replace(one, incidents=(*one.incidents, replace(one.incidents[0], headline="other")))
    said = [text for level, _, text in commands(both) if level == "error"]
    assert said[:2] == ["they failed: no room", "other"]
    assert said[2].startswith("tests/test_a.py::test_1: ")


def test_no_more_are_written_than_are_shown_and_the_rest_is_counted() -> None:
    problems = tuple(Problem(Source(f"{n}.txt"), "no reader knows this file") for n in range(25))
    found = commands(replace(failed("", 40), problems=problems))
    assert [level for level, *_ in found] == ["notice"] + ["error"] * 10 + ["warning"] * 10
    assert "30 error annotations and 15 warning annotations left out" in found[0][2]


@pytest.mark.parametrize(
    "text", [EVIL, "a\n::set-output name=x::y", "a\r\n##[error]b", "x" * 2_000_000]
)
def test_hostile_text_is_no_command(text: str) -> None:
    report = diagnose.render(everywhere(text), "github")
    assert all(COMMAND.fullmatch(row) for row in report.splitlines())
    assert not set(report) & set("\x1b\x00\r\u202e")
    assert len(report) < 40_000


def test_what_is_no_path_of_the_repository_is_not_given_as_one() -> None:
    named = [named for level, named, _ in commands(sample()) if level == "error"]
    assert all(not file.startswith("/") for each in named if (file := each.get("file")))


def test_a_green_run_is_a_notice() -> None:
    green = Diagnosis((Run("n8", unnamed={"passed": 3}),))
    assert commands(green) == [("notice", {"title": "diagnose"}, "All green: 3 tests, no failure")]
