"""The same test in two files is one test; in pytest's own file too, where it stands twice."""

from collections.abc import Sequence

from diagnose.model import (
    Attempt,
    Event,
    Failure,
    Input,
    Phase,
    Problem,
    Record,
    Run,
    Session,
    Source,
    TestResult,
)
from diagnose.runs import Reading, RunSpec, assemble
from diagnose.table import Row, TestTable

XML, LOG = Source("r.xml", 1), Source("c.log", 1)


def failure(text: str = "E   boom", phase: Phase = "call", source: Source = XML) -> Failure:
    return Failure("failed", "boom", source, text, phase=phase)


def failed(name: str, source: Source = XML, **more: object) -> TestResult:
    known: dict[str, object] = {"failures": (failure(source=source),), **more}
    return TestResult("tests.test_a", name, "failed", source, **known)  # type: ignore[arg-type]  # fields by name


def table(*rows: Row) -> TestTable:
    made = TestTable()
    made.extend(rows)
    return made


def passed(name: str, **more: object) -> Row:
    return Row("tests.test_a", name, "passed", 0.5)._replace(**more)  # type: ignore[arg-type]  # fields by name


def reading(kind: str, *records: Record | Problem) -> Reading:
    return Reading.of(Input(f"{kind}.file", kind, 1), records)


def run_of(*readings: Reading, workers: int | None = None) -> Run:
    return assemble(RunSpec(("x",), "n8", workers), readings)


PYTEST = Session(XML, "pytest", seconds=2.0, counts={"tests": 3})


def ids(run: Run) -> Sequence[str]:
    return [result.key for result in run.results] + list(run.table.keys())


def test_a_test_in_junit_and_console_is_counted_once() -> None:
    junit = reading("junit", PYTEST, failed("test_x"), table(passed("test_y")))
    console = reading(
        "pytest_log",
        Session(LOG, "pytest", workers=8, collected=2, counts={"failed": 1, "passed": 1}),
        failed("test_x", LOG, id="tests/test_a.py::test_x", worker="gw3", start=7.0),
        table(passed("test_y", worker="gw1", start=6.0)),
    )
    run = run_of(junit, console)
    assert run.counts == {
        "tests": 2,
        "passed": 1,
        "failed": 1,
        "errors": 0,
        "skipped": 0,
        "not_run": 0,
    }
    (result,) = run.results
    assert (result.id, result.worker, result.start) == ("tests/test_a.py::test_x", "gw3", 7.0)
    assert result.failures[0].source == XML
    (row,) = run.table
    assert (row.worker, row.start, row.seconds) == ("gw1", 6.0, 0.5)
    assert (run.workers, run.workers_source) == (8, "log")


def test_what_only_the_console_knows_is_added() -> None:
    junit = reading("junit", PYTEST, table(passed("test_y")))
    console = reading("pytest_log", failed("test_lost", LOG, id="tests/test_a.py::test_lost"))
    assert ids(run_of(junit, console)) == ["tests.test_a::test_lost", "tests.test_a::test_y"]


def test_a_console_title_without_a_path_finds_its_test() -> None:
    junit = reading("junit", PYTEST, failed("test_x"))
    console = reading(
        "pytest_log", TestResult("", "test_x", "failed", LOG, worker="gw2", failures=(failure(),))
    )
    (result,) = run_of(junit, console).results
    assert (result.key, result.worker) == ("tests.test_a::test_x", "gw2")


def test_a_title_that_fits_two_tests_is_not_guessed_at() -> None:
    one, two = failed("test_x"), TestResult("tests.test_b", "test_x", "failed", XML)
    console = reading("pytest_log", TestResult("", "test_x", "failed", LOG, worker="gw2"))
    run = run_of(reading("junit", PYTEST, one, two), console)
    assert {result.worker for result in run.results if result.classname} == {""}


def test_a_call_and_its_teardown_are_one_test() -> None:
    torn_down = failed("test_x", failures=(failure(phase="teardown"),))
    (result,) = run_of(reading("junit", PYTEST, failed("test_x"), torn_down)).results
    assert [each.phase for each in result.failures] == ["call", "teardown"]
    assert result.attempts == ()


def test_tries_that_pytest_writes_as_passed_are_tries() -> None:
    junit = reading("junit", PYTEST, table(passed("test_x"), passed("test_y")), failed("test_x"))
    run = run_of(junit)
    assert run.counts["tests"] == 2
    assert [each.outcome for each in run.results[0].attempts] == ["failed", "failed"]


def test_a_test_that_passed_and_failed_in_teardown_has_no_tries() -> None:
    torn_down = failed("test_x", failures=(failure(phase="teardown"),))
    (result,) = run_of(reading("junit", PYTEST, table(passed("test_x")), torn_down)).results
    assert result.attempts == ()


def test_other_runners_may_have_two_tests_of_one_name() -> None:
    jest = Session(XML, "jest")
    run = run_of(reading("junit", jest, failed("adds"), failed("adds"), table(passed("adds"))))
    assert (run.counts["tests"], run.counts["failed"]) == (3, 2)
    assert [gap.kind for gap in run.gaps] == ["duplicated"]


def test_a_retry_that_passed_stays_passed_when_joined() -> None:
    tries = (Attempt("failed", (failure(),)), Attempt("passed"))
    junit = reading("junit", PYTEST, table(passed("test_x")))
    console = reading(
        "pytest_log", TestResult("tests.test_a", "test_x", "passed", LOG, attempts=tries)
    )
    run = run_of(junit, console)
    assert (run.counts["tests"], run.counts["failed"]) == (1, 0)
    assert run.results[0].attempts == tries


def test_a_console_that_names_no_passed_test_still_counts_them() -> None:
    session = Session(
        LOG, "pytest", collected=6, counts={"passed": 3, "failed": 1, "xfailed": 1, "xpassed": 1}
    )
    run = run_of(reading("pytest_log", session, failed("test_x", LOG)))
    assert run.counts["passed"] == 4
    assert run.counts["tests"] == 6
    assert run.not_run == 0


def test_green_and_still_not_all_there() -> None:
    session = Session(LOG, "pytest", collected=184, counts={"passed": 153}, stopped="Interrupted")
    run = run_of(reading("pytest_log", session))
    assert run.not_run == 31
    assert [gap.text for gap in run.gaps] == ["31 of 184 collected tests never ran (Interrupted)"]
    assert not run.complete


def test_a_test_that_was_started_and_never_finished_is_named() -> None:
    session = Session(LOG, "pytest", finished=False, unfinished=("tests/test_a.py::test_hangs",))
    run = run_of(reading("pytest_log", session))
    assert [gap.kind for gap in run.gaps] == ["truncated", "never_finished"]
    assert run.gaps[1].tests == ("tests/test_a.py::test_hangs",)


def test_what_the_user_says_of_workers_holds() -> None:
    assert run_of(reading("junit", PYTEST, failed("test_x")), workers=4).workers_source == "stated"


def test_workers_are_estimated_from_how_many_tests_ran_at_once() -> None:
    rows = [passed(f"test_{n}", seconds=1.0) for n in range(20)]
    run = run_of(reading("junit", Session(XML, "pytest", seconds=4.0), table(*rows)))
    assert (run.effective_parallelism, run.workers, run.workers_source) == (5.0, 7, "estimated")


def test_a_serial_run_is_estimated_as_serial() -> None:
    rows = [passed(f"test_{n}", seconds=1.0) for n in range(20)]
    run = run_of(reading("junit", Session(XML, "pytest", seconds=21.0), table(*rows)))
    assert (run.workers, run.workers_source) == (1, "estimated")


def test_an_event_that_two_readers_saw_on_one_line_is_one() -> None:
    event = Event("killed", "Killed", Source("c.log", 9))
    assert len(run_of(reading("pytest_log", event), reading("kernel", event)).events) == 1


def test_green_reruns_that_xdist_mixed_up_are_one_test() -> None:
    session = Session(XML, "pytest", counts={"tests": 2})
    rows = [passed("test_x"), passed("test_y"), passed("test_x"), passed("test_x")]
    run = run_of(reading("junit", session, table(*rows)))
    assert run.counts["tests"] == 2
    (result,) = run.results
    assert [each.outcome for each in result.attempts] == ["failed", "failed", "passed"]


def test_a_test_that_another_file_passed_is_no_retry() -> None:
    one = reading("junit", PYTEST, table(passed("test_x")), failed("test_f"))
    other = reading("junit", PYTEST, table(passed("test_f"), passed("test_z")))
    run = run_of(one, other)
    assert (run.counts["tests"], run.counts["failed"]) == (3, 1)
    assert run.results[0].attempts == ()


def test_a_known_node_id_is_not_replaced_by_a_guess() -> None:
    log = reading("reportlog", failed("test_x", LOG, id="sub/odd_name.py::test_a::test_x"))
    junit = reading("junit", PYTEST, failed("test_x", id="sub/odd_name/test_a.py::test_x"))
    assert run_of(log, junit).results[0].id == "sub/odd_name.py::test_a::test_x"


def test_a_crash_has_failed_whoever_tells_of_it() -> None:
    crash = (failure(phase="crash"),)
    dead = TestResult("tests.test_a", "test_x", "error", XML, failures=crash)
    assert run_of(reading("junit", PYTEST, dead)).counts["failed"] == 1


def test_a_report_that_tells_of_a_dead_worker_is_never_serial() -> None:
    crash = failed("test_x", worker="gw0", failures=(failure("worker 'gw0' crashed", "crash"),))
    run = run_of(reading("junit", Session(XML, "pytest", seconds=4.0), crash))
    assert (run.workers, run.workers_source) == (2, "estimated")
