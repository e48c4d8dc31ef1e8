"""Runs that lack most tests: one was cut short, another is a retry."""

from pathlib import Path

import pytest

import diagnose

CASE = '<testcase classname="tests.test_a" name="test_{}" time="0.1">{}</testcase>'
FAILURE = '<failure message="connection refused">ConnectionRefusedError: [Errno 111]</failure>'


def junit(folder: Path, name: str, numbers: range, failed: range) -> str:
    path = folder / f"{name}.xml"
    cases = "".join(CASE.format(n, FAILURE if n in failed else "") for n in numbers)
    path.write_text(f'<testsuite name="pytest">{cases}</testsuite>', "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("ran", "suspected"),
    [(range(2), False), (range(1), False), (range(3), True), (range(5, 7), True)],
    ids=["all that failed", "some that failed", "one that had passed", "others"],
)
def test_only_a_run_of_what_failed_is_meant_to_be_short(
    tmp_path: Path, ran: range, *, suspected: bool
) -> None:
    first = junit(tmp_path, "first", range(12), range(2))
    second = junit(tmp_path, "second", ran, range(0))
    advice = diagnose.examine([first, second]).advice
    assert any("second was cut short" in each.title for each in advice) is suspected
