"""Which failures that say the same have two roots."""

import pytest

from diagnose.family import Told
from diagnose.judge.constant import apart
from diagnose.model import Run, Source, TestResult

XML = Source("r.xml", 1)
RUNS = [Run("serial"), Run("n2", workers=2), Run("n4", workers=4), Run("n8", workers=8)]


def parted(*fails_in: str, absent: str = "") -> list[list[int]]:
    """Return which tests stay together; each is told by the runs that it failed in.

    In a run that is `absent` only those ran that failed.
    """
    told, outcomes = [], {}
    for test, failed in enumerate(fails_in):
        result = TestResult("tests.api", f"test_{test}", "failed", XML)
        told += [Told(int(run), result) for run in failed]
        ends = {run: "failed" if str(run) in failed else "passed" for run in range(len(RUNS))}
        missed = {run for run in ends if str(run) in absent and ends[run] == "passed"}
        outcomes[result.key] = {run: end for run, end in ends.items() if run not in missed}
    group = ("http_5xx", list(range(len(told))))
    return [
        sorted({int(told[n].result.name.partition("_")[2]) for n in numbers})
        for _, numbers in apart([group], told, outcomes, RUNS)
    ]


def test_what_always_fails_and_what_fails_under_load_are_two_things() -> None:
    assert parted("0123", "0123", "0123", "3", "3", "3") == [[0, 1, 2], [3, 4, 5]]


def test_what_passes_once_does_not_always_fail_and_what_did_not_run_did_not_pass() -> None:
    fails_in = ("012", "012", "3", "3", "3")
    assert parted(*fails_in) == [[0, 1, 2, 3, 4]]
    assert parted(*fails_in, absent="3") == [[0, 1], [2, 3, 4]]


@pytest.mark.parametrize(
    "fails_in",
    [
        ("0123", "0123"),  # there is nothing beside it
        ("3", "23", "13"),  # nothing that always fails
        ("0123", "03", "13", "3"),  # something else fails serially, too
        ("0123", "123", "123"),  # alone in one run only
        ("0123", "23"),  # of two tests it may be chance
        ("0123", "0123", "12", "3", "3"),  # no: in two runs it has company, in one it is alone
    ],
)
def test_what_chance_explains_stays_together(fails_in: tuple[str, ...]) -> None:
    assert parted(*fails_in) == [list(range(len(fails_in)))]


def test_thousands_that_fail_are_parted_as_a_few_are() -> None:
    always, loaded = ["0123"] * 1100, ["3"] * 1100
    assert parted(*always, *loaded) == [list(range(1100)), list(range(1100, 2200))]


def test_nothing_is_parted_where_no_run_is_calm() -> None:
    assert list(apart([], [], {}, [])) == []
