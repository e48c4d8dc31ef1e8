"""Each kind of evidence: where it is found, and where it is not."""

from dataclasses import replace

import pytest

from diagnose.clues import Facts
from diagnose.evidence import GATHERERS
from diagnose.family import Family
from diagnose.judge.tables import tables
from diagnose.model import Attempt, Event, Input, Outcome, Run, Session, Source
from diagnose.oom import KernelKill
from diagnose.table import Row
from tests.evidence.families import XML, failed, family, kinds, run

NAN = float("nan")


@pytest.mark.parametrize("name", GATHERERS)
def test_every_kind_has_its_row_in_the_tables(name: str) -> None:
    assert name in tables().evidence


def test_failures_that_all_last_five_seconds_were_timed_out() -> None:
    waited = run("n8", 8, *(failed(n, seconds=5.03) for n in range(4)))
    found = kinds(family(waited))["round_timeout"]
    assert found.text == "4 of 4 failures last 5 s: a time-out"
    quick = run("n8", 8, *(failed(n, seconds=0.3 + n) for n in range(4)))
    assert "round_timeout" not in kinds(family(quick))


def test_where_all_that_passes_waits_a_failure_that_does_not_was_not_timed_out() -> None:
    waits = [Row("tests.test_b", f"test_{n}", "passed", 5.01) for n in range(200)]
    quick = run("n8", 8, *(failed(n, seconds=1.5) for n in range(4)), passing=waits)
    assert "round_timeout" not in kinds(family(quick))


def test_failures_in_fixtures_are_counted() -> None:
    outside = run("n8", 8, *(failed(n, phase="setup") for n in range(3)), failed(3))
    assert kinds(family(outside))["setup_phase"].text == "3 of 4 failed in a fixture"
    assert "setup_phase" not in kinds(family(run("n8", 8, failed(1), failed(2))))


def test_failures_within_moments_are_a_burst() -> None:
    rows = [Row("t", f"p{n}", "passed", 0.2, "gw0", 100.0 + n) for n in range(200)]
    close = run("n8", 8, *(failed(n, start=150.0 + n / 10) for n in range(6)), passing=rows)
    assert kinds(family(close))["burst"].text == "6 failures within moments over 4 workers in n8"
    wide = run("n8", 8, *(failed(n, start=100.0 + 30 * n) for n in range(6)), passing=rows)
    assert "burst" not in kinds(family(wide))


def test_passing_tests_that_take_longer_show_that_something_is_scarce() -> None:
    quick = [Row("t", f"p{n}", "passed", 0.2 + n / 100) for n in range(30)]
    slow = [row._replace(seconds=3 * row.seconds) for row in quick]
    serial, parallel = run("s", 1, passing=quick), run("n8", 8, failed(1), passing=slow)
    assert "3.0 times as long with 8 workers" in kinds(family(serial, parallel))["inflation"].text
    assert "inflation" not in kinds(family(serial, run("n8", 8, failed(1), passing=quick)))


def test_passing_tests_that_are_as_fast_show_that_processors_were_not_busy() -> None:
    quick = [Row("t", f"p{n}", "passed", 0.2 + n / 100) for n in range(30)]
    runs = run("s", 1, passing=quick), run("n8", 8, failed(1), passing=quick)
    found = kinds(family(*runs, cause="cpu_starvation"))["unhurried"]
    assert found.text == "30 passing tests are as fast with 8 workers as serially"
    assert "unhurried" not in kinds(family(*runs, cause="http_pool"))
    slower = [row._replace(seconds=1.4 * row.seconds) for row in quick]
    busy = run("n8", 8, failed(1), passing=slower)
    assert "unhurried" not in kinds(family(runs[0], busy, cause="cpu_starvation"))


def test_failures_of_one_worker_stand_out() -> None:
    rows = [Row("t", f"p{n}", "passed", 0.2, f"gw{n % 4}") for n in range(80)]
    mine = [replace(failed(n), worker="gw2") for n in range(8)]
    found = kinds(family(run("n4", 4, *mine, passing=rows)))["one_worker"]
    assert found.text == "8 of 8 failures of n4 ran on gw2"
    spread = [replace(failed(n), worker=f"gw{n % 4}") for n in range(8)]
    assert "one_worker" not in kinds(family(run("n4", 4, *spread, passing=rows)))


@pytest.mark.parametrize(("last", "present"), [("passed", True), ("failed", False)])
def test_a_retry_is_evidence_either_way(last: Outcome, present: bool) -> None:
    tried = replace(failed(1), attempts=(Attempt("failed"), Attempt(last)))
    assert kinds(family(run("n8", 8, tried)))["retry_passed"].present is present


def test_the_same_victims_twice_are_a_sign_of_a_defect() -> None:
    others_too = [Row("tests.test_a", f"test_{n}", "passed", 0.2) for n in range(20, 60)]
    again = [run(label, 8, *map(failed, range(5)), passing=others_too) for label in ("a", "b")]
    assert kinds(family(*again))["same_victims"].present
    first, second = map(failed, range(5)), map(failed, range(9, 14))
    others = [run("a", 8, *first, passing=others_too), run("b", 8, *second, passing=others_too)]
    assert not kinds(family(*others))["same_victims"].present


def test_that_a_whole_class_fails_again_tells_no_fault_from_another() -> None:
    again = [run(label, 8, *(failed(n) for n in range(5))) for label in ("a", "b")]
    assert "same_victims" not in kinds(family(*again))


def test_the_same_victims_say_nothing_more_where_they_fail_serially_too() -> None:
    everywhere = [
        run(label, workers, failed(1)) for label, workers in (("s", 1), ("a", 4), ("b", 8))
    ]
    assert "same_victims" not in kinds(family(*everywhere))


def test_results_that_are_missing_count_unless_somebody_stopped_the_run() -> None:
    lost = replace(run("n8", 8, failed(1)), not_run=20)
    assert kinds(family(lost))["results_missing"].text == "20 tests of n8 lost"
    stopped = replace(lost, sessions=(Session(XML, "pytest", stopped="stopping after 1 failures"),))
    assert "results_missing" not in kinds(family(stopped))


ERROR = Event("service.error", "ERROR KeyError: 'vat'\nTraceback", Source("app.log", 7))


def answered(*runs: Run) -> Family:
    made = family(*runs, cause="http_5xx")
    facts = Facts(actual_status=500, expected_status=200)
    return replace(made, told=tuple(replace(each, facts=facts) for each in made.told))


def test_an_error_of_the_service_speaks_against_it() -> None:
    broken = replace(run("n8", 8, failed(1)), events=(ERROR,))
    found = kinds(answered(run("s", 1), broken))["service_error"]
    assert (found.quote, found.source) == ("ERROR KeyError: 'vat'", Source("app.log", 7))


def test_errors_that_the_service_always_logs_are_no_cause() -> None:
    always = [replace(run(label, 8), events=(ERROR,)) for label in ("a",)]
    broken = replace(run("n8", 8, failed(1)), events=(ERROR,))
    assert "service_error" not in kinds(answered(*always, broken))


HUNG = Event(
    "service.error",
    "ERROR Exception on /merge\nTraceback (most recent call last):\nshop.Blocked: waited 8 s",
    Source("app.log", 7),
    details={"exception": "shop.Blocked"},
)


def test_what_a_service_raised_while_even_serial_tests_waited_speaks_against_it() -> None:
    runs = [replace(run(label, n, failed(1)), events=(HUNG,)) for label, n in (("s", 1), ("p", 8))]
    found = kinds(family(*runs, cause="starved_response"))["service_error"]
    assert (found.quote, found.source) == ("shop.Blocked: waited 8 s", Source("app.log", 9))
    assert "each run that failed" in found.text


@pytest.mark.parametrize(
    ("serial", "parallel"),
    [((), (HUNG,)), ((replace(HUNG, details={}),) * 2, (HUNG,)), ((HUNG,) * 20, (HUNG,) * 20)],
    ids=["in one run alone", "without a traceback", "much more often than tests fail"],
)
def test_other_errors_of_a_service_say_nothing_of_a_time_out(
    serial: tuple[Event, ...], parallel: tuple[Event, ...]
) -> None:
    one, other = run("s", 1, failed(1)), run("p", 8, failed(1))
    runs = replace(one, events=serial), replace(other, events=parallel)
    assert "service_error" not in kinds(family(*runs, cause="timeout_regression"))


def test_under_load_an_error_of_the_service_may_be_a_symptom() -> None:
    busy = replace(run("p", 8, failed(1)), events=(HUNG,))
    assert "service_error" not in kinds(family(run("s", 1), busy, cause="starved_response"))


def test_an_error_of_another_day_says_nothing() -> None:
    early = replace(HUNG, time=1000.0)
    late = replace(run("s", 1, failed(1)), events=(early,), started=90_000.0, wall_seconds=9.0)
    assert "service_error" not in kinds(family(late, cause="starved_response"))
    now = replace(late, started=995.0)
    assert "service_error" in kinds(family(now, cause="starved_response"))


@pytest.mark.parametrize(
    ("kind", "line", "own"),
    [
        ("service.5xx", '"POST /previews/pdf HTTP/1.1" 504 167', False),
        ("service.error", "upstream timed out (110: Connection timed out) while reading", False),
        ("service.5xx", '"POST /previews/pdf HTTP/1.1" 500 21', True),
    ],
)
def test_a_gateway_that_waited_in_vain_tells_no_error_of_the_service(
    kind: str, line: str, own: bool
) -> None:
    answered = replace(failed(1), name="test_2")
    busy = replace(run("p", 8, answered), events=(Event(kind, line, XML),))
    found = family(run("s", 1), busy, cause="http_5xx")
    told = tuple(replace(each, facts=Facts(actual_status=500)) for each in found.told)
    assert ("service_error" in kinds(replace(found, told=told))) is own


def killed(comm: str, label: str = "n8") -> Run:
    said = f"Killed process 10242 ({comm})"
    kill = KernelKill(10242, comm, Source("dmesg.txt", 94), said, run=label)
    made = run("n8", 8, failed(1, phase="crash"))
    return replace(made, kernel=(kill,), inputs=(Input("dmesg.txt", "kernel", 9),))


def test_the_kernels_own_line_is_a_witness() -> None:
    found = kinds(family(killed("python")))["oom_kill"]
    assert found.present
    assert (found.quote, found.source) == (
        "Killed process 10242 (python)",
        Source("dmesg.txt", 94),
    )


def test_a_kill_of_somebody_elses_process_is_no_witness() -> None:
    assert not kinds(family(killed("ffmpeg", "")))["oom_kill"].present


def test_a_kernel_log_without_a_kill_speaks_against_one() -> None:
    quiet = replace(killed("python"), kernel=())
    assert not kinds(family(quiet))["oom_kill"].present


def test_without_a_kernel_log_nothing_is_said_of_memory() -> None:
    assert "oom_kill" not in kinds(family(run("n8", 8, failed(1, phase="crash"))))


def test_a_container_that_was_killed_is_a_witness() -> None:
    event = Event("container.oom_killed", "reason: OOMKilled", Source("pod.yaml", 31))
    made = replace(run("n8", 8, failed(1, phase="crash")), events=(event,))
    assert kinds(family(made))["oom_kill"].quote == "reason: OOMKilled"
