"""What became of each test from run to run, and what each number of workers comes to."""

import json
from dataclasses import replace

import pytest

import diagnose
from diagnose.diagnosis import Comparison, Diagnosis, Incident, TestCase
from diagnose.judge.comparison import LISTED, compare_tests
from diagnose.judge.slowed import slower
from diagnose.model import Attempt, Gap, Outcome, Run, Source, TestResult
from diagnose.table import Row, TestTable

XML = Source("r.xml", 1)
ENDS: dict[str, Outcome] = {"p": "passed", "f": "failed", "e": "error", "s": "skipped"}
NOT_THERE = " "


def run(label: str, workers: int, ends: str) -> Run:
    """Make a run whose tests ended as the letters say: one letter a test."""
    table, results = TestTable(), []
    for number, letter in enumerate(ends):
        if letter in "ps":
            table.extend([Row("t", f"test_{number}", ENDS[letter], 0.2)])
        elif letter != NOT_THERE:
            results.append(TestResult("t", f"test_{number}", ENDS[letter], XML))
    return Run(label, results=tuple(results), table=table, workers=workers)


def compared(*runs: Run, incidents: tuple[Incident, ...] = ()) -> Comparison:
    found = compare_tests(runs, incidents)
    assert found is not None
    return found


def kinds(*runs: Run) -> dict[str, str]:
    return {test.id.removeprefix("t::test_"): test.change for test in compared(*runs).tests}


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        ("pp pp", None),
        ("pp ff", "parallel_only"),
        ("pp pf", "parallel_only"),
        ("pp pe", "parallel_only"),
        ("ff pp", "serial_only"),
        ("pf pp", "flaky"),
        ("pf ff", "flaky"),
        ("ff pf", "flaky"),
        ("ff ff", "both"),
        ("pp __", "lost"),
        ("pp p_", "lost"),
        ("pp ss", "lost"),
        ("ff __", "lost"),
        ("__ pp", "appeared"),
        ("__ ff", "appeared"),
        ("ss ss", None),
    ],
)
def test_each_test_has_one_name_for_what_became_of_it(ends: str, kind: str | None) -> None:
    letters = ends.replace("_", NOT_THERE)
    serial = [run(f"s{n}", 1, letter + "p") for n, letter in enumerate(letters[:2])]
    parallel = [run(f"p{n}", 8, letter + "p") for n, letter in enumerate(letters[3:])]
    assert kinds(*serial, *parallel) == ({"0": kind} if kind else {})


def test_the_runs_with_the_fewest_workers_stand_for_serial_ones() -> None:
    found = compared(run("n2", 2, "p"), run("n8", 8, "f"))
    assert (found.fewer, found.more) == (("n2",), ("n8",))
    assert found.counts["parallel_only"] == 1


def test_runs_of_one_kind_have_no_sides() -> None:
    one, other = run("a", 4, "pfp "), run("b", 4, "ff p")
    assert kinds(one, other) == {"0": "flaky", "1": "both", "2": "lost", "3": "appeared"}
    assert compared(one, other).fewer == ()


def test_a_test_that_passed_when_it_was_tried_again_is_flaky() -> None:
    tried = TestResult(
        "t", "test_0", "passed", XML, attempts=(Attempt("failed"), Attempt("passed"))
    )
    assert kinds(replace(run("s", 1, " p"), results=(tried,)), run("p", 8, "pp")) == {"0": "flaky"}


def test_a_run_that_only_counts_its_tests_has_lost_none() -> None:
    counted = replace(run("s", 1, "p"), unnamed={"passed": 2})
    assert kinds(counted, run("p", 8, "ppf")) == {"2": "parallel_only"}


def test_what_a_run_that_broke_off_did_not_come_to_is_lost() -> None:
    cut = replace(run("s", 1, "p"), gaps=(Gap("s", "truncated", "breaks off"),))
    assert kinds(cut, run("p", 8, "ppf")) == {"1": "lost", "2": "lost"}
    again = replace(cut, label="n8", workers=8)
    assert kinds(again, run("p", 8, "pp")) == {"1": "lost"}


def test_one_run_compares_nothing() -> None:
    assert compare_tests([run("s", 1, "pf")], ()) is None
    assert compare_tests([run("s", 1, "pf"), Run("kernel")], ()) is None


def test_failures_are_counted_by_workers_and_incident() -> None:
    outcomes = {"s": "passed", "n4": "passed", "n8": "failed", "n8b": "error"}
    case = TestCase("t.py::test_0", "t", "test_0", outcomes=outcomes)
    found = compared(
        run("n8", 8, "fp"),
        run("s", 1, "pps"),
        run("n8b", 8, "ep"),
        run("n4", 4, "pp"),
        incidents=(Incident("http_pool-1", "", (case,)),),
    )
    assert [(e.workers, e.runs, e.tests, e.failures) for e in found.by_workers] == [
        (1, ("s",), 2, 0),
        (4, ("n4",), 2, 0),
        (8, ("n8", "n8b"), 4, 2),
    ]
    assert [each.incidents for each in found.by_workers] == [{}, {}, {"http_pool-1": 2}]
    assert (found.tests[0].id, found.tests[0].incident) == ("t.py::test_0", "http_pool-1")


def test_thousands_of_lost_tests_are_counted_and_some_are_named() -> None:
    found = compared(run("s", 1, "p" * (LISTED + 50) + "f"), run("p", 8, "p"))
    assert found.counts["lost"] == LISTED + 50
    assert len(found.tests) == LISTED
    assert found.tests[0].outcomes == {"s": "failed"}, "what failed is named before all others"


USUAL = [0.1 + n / 50 for n in range(40)]


def test_what_load_slows_down_alike_is_not_slowed() -> None:
    overall, found = slower([USUAL, [3 * s for s in USUAL]], [0], [1], range(40))
    assert (overall, found) == (3.0, [])


def test_a_test_far_beyond_the_others_is_slowed() -> None:
    busy = [3 * s for s in USUAL]
    busy[7] = 30.0
    assert slower([USUAL, busy], [0], [1], range(40)) == (3.0, [7])


def test_noise_alone_slows_no_test() -> None:
    noisy = [s * (0.5, 0.8, 1.0, 1.3, 2.1)[n % 5] * 2 for n, s in enumerate(USUAL)]
    assert slower([USUAL, noisy], [0], [1], range(40))[1] == []


def test_one_slow_run_of_several_proves_nothing() -> None:
    slow, quick = list(USUAL), list(USUAL)
    slow[7] = 30.0
    assert slower([USUAL, slow, quick], [0], [1, 2], range(40))[1] == []
    assert slower([slow, slow, slow], [0], [1, 2], range(40))[1] == []


def test_milliseconds_are_not_worth_a_word() -> None:
    short = [0.021] * 40
    busy = [0.021] * 39 + [0.3]
    assert slower([short, busy], [0], [1], range(40))[1] == []


def test_a_handful_of_tests_does_not_tell_what_load_does() -> None:
    assert slower([USUAL[:7], [50.0] * 7], [0], [1], range(7)) == (None, [])
    assert slower([USUAL, [float("nan")] * 40], [0], [1], range(40)) == (None, [])


def test_seconds_of_both_sides_are_reported() -> None:
    rows = [Row("t", f"test_{n}", "passed", s) for n, s in enumerate(USUAL)]
    slow = [row._replace(seconds=row.seconds * 2) for row in rows]
    slow[3] = slow[3]._replace(seconds=20.0)
    runs = []
    for label, workers, of in (("s", 1, rows), ("p", 8, slow)):
        table = TestTable()
        table.extend(of)
        runs.append(Run(label, table=table, workers=workers))
    (test,) = compared(*runs).tests
    assert (test.change, test.seconds) == ("slowed", {"s": 0.16, "p": 20.0})
    said = diagnose.render(Diagnosis(tuple(runs), comparison=compared(*runs)))
    assert "t::test_3: 0.16 s, then 20 s" in said
    assert "passing tests take 2 times as long on the whole" in said


def test_the_report_tells_sides_counts_and_rates() -> None:
    found = compared(run("s", 1, "pp"), run("p", 8, "pf"))
    told = json.loads(diagnose.render(Diagnosis(comparison=found), "json"))["comparison"]
    assert (told["fewer"], told["more"], told["counts"]["parallel_only"]) == (["s"], ["p"], 1)
    assert [level["rate"] for level in told["by_workers"]] == [0.0, 0.5]
