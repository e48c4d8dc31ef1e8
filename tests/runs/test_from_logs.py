"""What a run comes to where a console log or a report log is read: no test twice, none invented."""

import json

import pytest

from diagnose.model import Input, Run
from diagnose.readers import junit, pytest_log, reportlog
from diagnose.readers._file import File
from diagnose.runs import Reading, RunSpec, assemble

READERS = {"pytest_log": pytest_log, "junit": junit, "reportlog": reportlog}
START = "=" * 29 + " test session starts " + "=" * 30 + "\nrootdir: /ci/shop\n"
FAILED = "FAILED test_a.py::test_x - assert 1 == 2\n"
SUMMARY = "=" * 27 + " short test summary info " + "=" * 28 + "\n"
CRASH = "worker 'gw1' crashed while running 'test_a.py::test_x'"
JUNIT = (
    '<testsuites><testsuite name="pytest" tests="2">'
    '<testcase classname="test_a" name="test_x" time="0.1"/>'
    '<testcase classname="test_a" name="test_y" time="0.1"/></testsuite></testsuites>'
)


def rule(title: str, char: str = "=") -> str:
    return f" {title} ".center(80, char) + "\n"


def reading(kind: str, text: str) -> Reading:
    file = File.of(text.encode())
    return Reading.of(Input(file.path, kind, 1), READERS[kind].read(file))


def run_of(log: str = "", **more: str) -> Run:
    files = {"pytest_log": log} if log else {}
    return assemble(RunSpec(("x",), "n8"), [reading(*file) for file in (files | more).items()])


def gaps(run: Run) -> list[str]:
    return [gap.text for gap in run.gaps]


def report(nodeid: str, when: str = "call", worker: str = "", **more: object) -> str:
    fields = {"nodeid": nodeid, "when": when, "outcome": "passed", "worker_id": worker}
    return json.dumps({"$report_type": "TestReport", **fields, **more}) + "\n"


def reports(*lines: str, status: int = 0) -> str:
    finish = json.dumps({"$report_type": "SessionFinish", "exitstatus": status})
    return '{"$report_type": "SessionStart"}\n' + "".join(lines) + finish + "\n"


def test_a_failure_that_is_only_counted_is_a_gap_and_gets_no_name() -> None:
    run = run_of(
        START
        + "collected 3 items\n\ntest_a.py .F.  [100%]\n\n"
        + rule("1 failed, 2 passed in 0.1s")
    )
    assert run.unnamed == {"passed": 2, "failed": 1}
    assert not run.complete
    assert gaps(run) == ["1 test failed that the log does not name"]


@pytest.mark.parametrize(
    "progress",
    ["collected 9 items\n\ntest_a.py ..FEs\ntest_b.py x", "2 workers [9 items]\n\n..FE\nsx"],
    ids=["plain", "xdist"],
)
def test_the_letters_of_a_killed_run_are_counted(progress: str) -> None:
    run = run_of(START + progress)
    (session,) = run.sessions
    assert session.details["counts_basis"] == "progress"
    assert run.unnamed == {"passed": 2, "failed": 1, "error": 1, "skipped": 2}
    assert run.not_run == 3


@pytest.mark.parametrize(
    "torn", ["..[gw1] node down: Not properly terminated", "..sh: line 3: 71 Killed pytest"]
)
def test_letters_before_a_torn_line_are_counted(torn: str) -> None:
    run = run_of(START + f"2 workers [9 items]\n\n{torn}\n.\n")
    assert run.unnamed == {"passed": 3}


@pytest.mark.parametrize(
    "why",
    ["KeyboardInterrupt", "stopping after 1 failures", "Interrupted: 1 error during collection"],
)
def test_a_quiet_session_that_was_stopped_is_not_complete(why: str) -> None:
    run = run_of("....\n" + rule(why, "!") + "4 passed in 0.10s\n")
    (gap,) = run.gaps
    assert (gap.kind, gap.total) == ("lost", 0)
    assert gap.text == (f"the session was stopped: {why}; how many tests did not run is not known")


@pytest.mark.parametrize(("status", "complete"), [(0, True), (1, True), (2, False), (3, False)])
def test_the_exit_status_of_a_report_log_says_whether_it_was_stopped(
    status: int, complete: bool
) -> None:
    text = reports(
        report("test_a.py::test_x"), report("test_a.py::test_x", "teardown"), status=status
    )
    assert run_of(reportlog=text).complete is complete


@pytest.mark.parametrize(
    ("collected", "last"),
    [
        ("collected 30 items / 20 deselected / 10 selected", "8 passed, 20 deselected"),
        ("collected 30 items / 20 deselected", "8 passed, 20 deselected"),
        ("collected 30 items", "8 passed, 20 deselected"),
        ("collected 10 items / 3 skipped / 7 selected", "8 passed, 3 skipped"),
        ("collected 10 items / 3 skipped", "8 passed, 3 skipped"),
        ("2 workers [10 items]\n\n........", "8 passed, 3 skipped"),
        ("2 workers [10 items]", "8 passed"),
    ],
)
def test_lost_are_those_that_were_selected_and_did_not_run(collected: str, last: str) -> None:
    run = run_of(START + f"{collected}\n\n" + rule(f"{last} in 0.10s"))
    assert run.not_run == 2


@pytest.mark.parametrize("last", ["2 tests collected in 0.02s", "no tests ran in 0.02s"])
def test_tests_that_were_only_listed_are_not_lost(last: str) -> None:
    tree = "<Module test_a.py>\n  <Function test_x>\n  <Function test_y>\n"
    run = run_of(START + f"collected 2 items\n\n{tree}\n" + rule(last))
    assert (run.not_run, run.gaps) == (0, ())


def test_failed_subtests_belong_to_their_test() -> None:
    said = (
        "SUBFAILED[m] (i=1) test_a.py::test_x - assert 1 == 0\n"
        "SUBFAILED(i=2) test_a.py::T::test_u - AssertionError: 2 != 1\n"
        "FAILED test_a.py::test_x - contains 1 failed subtest\n"
    )
    last = rule("3 failed, 2 passed in 0.10s")
    run = run_of(START + "collected 3 items\n\ntest_a.py uFu..  [100%]\n\n" + SUMMARY + said + last)
    assert {result.id for result in run.results} == {"test_a.py::test_x", "test_a.py::T::test_u"}
    assert run.unnamed == {"passed": 1}
    assert run.complete
    quiet = run_of("uFu..  [100%]\n" + SUMMARY + said)
    assert (quiet.counts["tests"], quiet.unnamed) == (3, {"passed": 1})


def test_a_failed_call_and_its_failed_teardown_are_one_test() -> None:
    said = FAILED + "ERROR test_a.py::test_x - RuntimeError\n" + rule("1 failed, 1 error in 0.1s")
    run = run_of(START + "collected 1 item\n\ntest_a.py FE  [100%]\n\n" + SUMMARY + said)
    assert run.counts["tests"] == 1


def test_a_session_of_the_last_failures_is_another_try() -> None:
    first = (
        "collected 2 items\n\ntest_a.py::test_x FAILED [ 50%]\ntest_a.py::test_y PASSED [100%]\n\n"
    )
    again = (
        "collected 2 items / 1 deselected / 1 selected\n"
        "run-last-failure: rerun previous 1 failure\n\ntest_a.py::test_x PASSED [100%]\n\n"
    )
    run = run_of(
        START
        + first
        + SUMMARY
        + FAILED
        + rule("1 failed, 1 passed in 0.10s")
        + START
        + again
        + rule("1 passed, 1 deselected in 0.10s")
    )
    (result,) = run.results
    assert [attempt.outcome for attempt in result.attempts] == ["failed", "passed"]
    assert (run.counts["tests"], result.outcome, run.gaps) == (2, "passed", ())


def test_a_test_that_failed_when_all_ran_again_had_passed_before() -> None:
    first = "collected 1 item\n\ntest_a.py::test_x PASSED [100%]\n\n" + rule("1 passed in 0.10s")
    again = "collected 1 item\n\ntest_a.py::test_x FAILED [100%]\n\n" + rule("1 failed in 0.10s")
    (result,) = run_of(START + first + START + again).results
    assert [attempt.outcome for attempt in result.attempts] == ["passed", "failed"]


def test_a_killed_session_that_ran_whole_the_second_time_lost_nothing() -> None:
    whole = "collected 3 items\n\ntest_a.py ...  [100%]\n\n" + rule("3 passed in 0.10s")
    run = run_of(START + "collected 3 items\n\ntest_a.py ." + START + whole)
    assert (run.counts["passed"], run.not_run, run.gaps) == (3, 0, ())


def test_sessions_of_other_tests_are_summed() -> None:
    one = START + "collected 3 items\n\ntest_a.py ...  [100%]\n\n" + rule("3 passed in 0.10s")
    run = run_of(one + one.replace("test_a.py", "test_b.py"))
    assert run.counts["passed"] == 6


def test_a_quiet_log_with_a_crash_does_not_say_how_many_workers_there_were() -> None:
    block = rule("FAILURES") + rule("test_a.py", "_") + f"{CRASH}\n"
    run = run_of(
        f"bringing up nodes...\n..[gw1] node down: killed\nF.\n{block}1 failed, 3 passed in 1.0s\n"
    )
    assert (run.workers, run.workers_source) == (2, "estimated")


def test_a_quiet_log_of_xdist_is_never_serial() -> None:
    run = run_of("bringing up nodes...\n\n....  [100%]\n4 passed in 1.00s\n")
    assert (run.workers, run.workers_source) == (2, "estimated")


@pytest.mark.parametrize("replaced", [True, False])
def test_a_worker_that_replaced_a_dead_one_is_not_one_more(replaced: bool) -> None:
    lines = [
        report("test_a.py::test_y", "teardown", "gw0"),
        report("test_a.py::test_z", "teardown", "gw1"),
        report("test_a.py::test_x", "???", outcome="failed", longrepr=CRASH),
        *([report("test_a.py::test_w", "teardown", "gw2")] if replaced else []),
    ]
    run = run_of(reportlog=reports(*lines))
    assert (run.workers, run.workers_source) == (2, "report")


@pytest.mark.parametrize("kind", ["pytest_log", "reportlog"])
def test_a_crash_is_a_failure_of_its_test(kind: str) -> None:
    block = rule("FAILURES") + rule("test_a.py", "_") + f"{CRASH}\n" + rule("1 failed in 0.10s")
    crashed = report("test_a.py::test_x", "???", outcome="failed", longrepr=CRASH)
    texts = {"pytest_log": START + "2 workers [1 item]\n" + block, "reportlog": reports(crashed)}
    (result,) = run_of(**{kind: texts[kind]}).results
    assert (result.id, result.outcome) == ("test_a.py::test_x", "failed")
    assert [failure.phase for failure in result.failures] == ["crash"]


def test_a_log_without_a_last_line_is_whole_where_a_report_is() -> None:
    quiet = "..  [100%]\n"
    assert gaps(run_of(quiet)) == ["input has no summary line"]
    assert run_of(quiet, junit=JUNIT).complete


def test_a_report_without_a_node_id_is_a_problem_and_no_test() -> None:
    run = run_of(reportlog=reports('{"$report_type": "TestReport", "when": "call"}\n'))
    assert [problem.message for problem in run.problems] == [
        "1 report without a node id left out",
        "no test in it",
    ]
    assert (run.counts["tests"], run.gaps) == (0, ())


def test_a_test_that_another_file_saw_end_is_not_unfinished() -> None:
    log = START + "2 workers [2 items]\n\ntest_a.py::test_x \ntest_a.py::test_y \n"
    log += rule("KeyboardInterrupt", "!") + rule("no tests ran in 0.10s")
    alone, joined = run_of(log), run_of(log, junit=JUNIT)
    assert [(gap.kind, gap.total) for gap in alone.gaps] == [("never_finished", 2)]
    assert (alone.not_run, joined.gaps) == (0, ())
