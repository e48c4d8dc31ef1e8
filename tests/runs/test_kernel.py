"""The join: whose death a kernel log tells of, and whose it does not."""

from collections.abc import Sequence
from dataclasses import replace

from diagnose.model import Event, Failure, Input, Run, Session, Source, TestResult
from diagnose.oom import KernelIncident, KernelKill, Moment, ProcessGroup
from diagnose.runs import witness

STARTED = 1_772_000_000.0
JOB = "/ci/job"
PYTHONS = (ProcessGroup("python3", 4, 400_000), ProcessGroup("pytest", 1, 30_000))


def run(*deaths: tuple[str, str], label: str = "n4", stamps: Sequence[float] = ()) -> Run:
    """Make a run of 60 s in which these workers died in these tests, one after the other."""
    times: list[float | None] = [STARTED + stamp for stamp in stamps] or [None] * len(deaths)
    events = [
        Event("worker_down", f"[{worker}] node down", Source("c.log", n), time, worker=worker)
        for n, ((worker, _), time) in enumerate(zip(deaths, times, strict=True), 1)
    ]
    events += [
        Event("worker_crash", "crashed", Source("c.log", 50 + n), worker=worker, test=test)
        for n, (worker, test) in enumerate(deaths)
    ]
    return Run(
        label,
        inputs=(Input("c.log", "pytest_log", 1),),
        events=tuple(events),
        sessions=(Session(Source("c.log", 1), "pytest", workers=4),),
        workers=4,
        workers_source="log",
        started=STARTED,
        wall_seconds=60.0,
    )


def kill(
    pid: int, when: Moment | None = None, comm: str = "python3", group: str = JOB
) -> KernelKill:
    return KernelKill(
        pid, comm, Source("dmesg", pid), f"Killed process {pid}", "memcg", when or Moment(pid / 10),
        incident=1, limit_cgroup=group,
    )  # fmt: skip


def at(seconds: float, *, zoned: bool = True, error: float = 0.0) -> Moment:
    return Moment(time=STARTED + seconds, zoned=zoned, error=error)


def log(*kills: KernelKill, groups: tuple[ProcessGroup, ...] = PYTHONS, path: str = "dmesg") -> Run:
    incident = KernelIncident(1, Source(path, 1), "memory ran out", "memcg", groups=groups)
    here = [replace(each, source=Source(path, each.source.line)) for each in kills]
    return Run("shared", inputs=(Input(path, "kernel", 1),), kernel=(incident, *here))


def joined(runs: Run | Sequence[Run], *logs: Run) -> list[tuple[int, str, str, str]]:
    _, kernel = witness([runs] if isinstance(runs, Run) else runs, logs)
    return [(each.pid, each.run, each.worker, each.test) for each in kernel.kills]


def test_kills_and_deaths_of_one_number_go_in_order() -> None:
    two = run(("gw1", "a.py::x"), ("gw0", "a.py::y"))
    assert joined(two, log(kill(20), kill(30))) == [
        (20, "n4", "gw1", "a.py::x"),
        (30, "n4", "gw0", "a.py::y"),
    ]


def test_a_log_that_is_newest_first_is_put_in_order() -> None:
    two = run(("gw1", "a.py::x"), ("gw0", "a.py::y"))
    found = joined(two, log(kill(20, Moment(9.0)), kill(30, Moment(8.0))))
    assert found == [(20, "n4", "gw0", "a.py::y"), (30, "n4", "gw1", "a.py::x")]


def test_where_numbers_differ_and_no_clock_tells_no_worker_is_named() -> None:
    two = run(("gw1", "a.py::x"), ("gw0", "a.py::y"))
    assert joined(two, log(kill(20))) == [(20, "n4", "", "")]


def test_stamps_tell_which_of_two_deaths_it_was() -> None:
    two = run(("gw1", "a.py::x"), ("gw0", "a.py::y"), stamps=(10, 40))
    assert joined(two, log(kill(20, at(39.5)))) == [(20, "n4", "gw0", "a.py::y")]


def test_a_worker_that_said_what_it_died_of_was_not_killed() -> None:
    two = run(("gw1", "a.py::x"), ("gw0", "a.py::y"))
    fault = Event("faulthandler", "Fatal Python error", Source("c.log", 9), test="a.py::x")
    two = replace(two, events=(*two.events, fault))
    assert joined(two, log(kill(20, at(30)))) == [(20, "n4", "gw0", "a.py::y")]


def test_a_replaced_worker_is_told_with_whose_place_it_took() -> None:
    three = run(("gw1", "a.py::x"), ("gw4", "a.py::y"), ("gw5", "a.py::z"))
    replaced = [
        Event("worker_replaced", "replacing", Source("c.log", 20 + n), worker=worker)
        for n, worker in enumerate(("gw1", "gw4"))
    ]
    three = replace(three, events=(*three.events, *replaced))
    _, kernel = witness([three], [log(kill(20), kill(30), kill(40))])
    assert [(each.worker, each.in_place_of) for each in kernel.kills] == [
        ("gw1", ""),
        ("gw4", "gw1"),
        ("gw5", "gw1"),
    ]


def test_another_jobs_kill_is_not_ours() -> None:
    one = run(("gw1", "a.py::x"))
    alone = (ProcessGroup("ffmpeg", 1, 150_000),)
    tenant = log(kill(20, at(30), "ffmpeg", "/other"), groups=alone)
    assert joined(one, tenant) == [(20, "", "", "")]


def test_a_kill_before_the_run_is_not_of_the_run() -> None:
    one = run(("gw1", "a.py::x"))
    assert joined(one, log(kill(20, at(-9)))) == [(20, "", "", "")]
    assert joined(one, log(kill(20, at(-9, error=8)))) == [(20, "n4", "gw1", "a.py::x")]


def test_of_two_control_groups_the_one_that_fits_is_ours() -> None:
    one = run(("gw1", "a.py::x"))
    theirs = [kill(pid, at(30), group="/other") for pid in (20, 30)]
    assert joined(one, log(*theirs, kill(40, at(31)))) == [
        (20, "", "", ""),
        (30, "", "", ""),
        (40, "n4", "gw1", "a.py::x"),
    ]


def test_a_log_in_local_time_fits_in_some_zone_or_in_none() -> None:
    one = run(("gw1", "a.py::x"))
    berlin = at(3600 + 30, zoned=False, error=2)
    nowhere = at(3600 + 400, zoned=False, error=2)
    assert joined(one, log(kill(20, berlin))) == [(20, "n4", "gw1", "a.py::x")]
    assert joined(one, log(kill(20, nowhere))) == [(20, "", "", "")]


def test_a_log_without_a_year_is_read_in_the_runs_year() -> None:
    one = run(("gw1", "a.py::x"))  # 2026-02-25 06:13:20 UTC; in 2000 it was
    known = Moment(yearless=951_459_200.0 + 30, error=0.5)
    assert joined(one, log(kill(20, known))) == [(20, "n4", "gw1", "a.py::x")]


def test_one_log_serves_several_runs() -> None:
    first, second = run(("gw1", "a.py::x"), label="one"), run(("gw2", "a.py::y"), label="two")
    second = replace(second, started=STARTED + 600)
    found = joined([first, second], log(kill(20, at(630)), kill(30, at(30))))
    assert found == [(20, "two", "gw2", "a.py::y"), (30, "one", "gw1", "a.py::x")]


def test_a_log_of_uptimes_serves_several_runs_in_their_order_or_none() -> None:
    first, second = run(("gw1", "a.py::x"), label="one"), run(("gw2", "a.py::y"), label="two")
    first = replace(first, started=STARTED + 600)
    logs = [log(kill(20), path="a"), log(kill(30), path="b")]
    assert [label for _, label, _, _ in joined([first, second], *logs)] == ["two", "one"]
    more = log(kill(20), kill(25), path="a")
    assert {label for _, label, _, _ in joined([first, second], more)} == {""}


def test_two_logs_of_one_kill_tell_of_one_kill() -> None:
    one = run(("gw1", "a.py::x"))
    found = joined(one, log(kill(20, at(30))), log(kill(20, at(30.4)), path="kern.log"))
    assert found == [(20, "n4", "gw1", "a.py::x")]


def test_a_victim_that_is_no_test_is_of_the_run_that_lost_it() -> None:
    lost = run()
    assert joined(lost, log(kill(20, at(30), "postgres"))) == [(20, "n4", "", "")]


def test_a_printed_pid_beats_the_order() -> None:
    two = run(("gw1", "a.py::x"), ("gw0", "a.py::y"))
    said = Failure("failed", "", Source("j.xml", 3), "worker (pid 20) is gone", phase="crash")
    crashed = TestResult("a", "y", "failed", Source("j.xml", 3), id="a.py::y", failures=(said,))
    two = replace(two, results=(crashed,))
    assert joined(two, log(kill(20))) == [(20, "n4", "gw0", "a.py::y")]


def test_the_test_in_which_the_whole_run_was_killed_has_failed() -> None:
    session = Session(
        Source("c.log", 1),
        "pytest",
        finished=False,
        unfinished=("a.py::T::x[a::b]",),
        exit_code=137,
    )
    serial = Run("serial", sessions=(session,), workers_source="log")
    [after], kernel = witness([serial], [log(kill(20))])
    assert [(each.worker, each.test) for each in kernel.kills] == [("master", "a.py::T::x[a::b]")]
    assert [each.key for each in after.results] == ["a.T::x[a::b]"]
    assert after.counts["errors"] == 1


def test_a_console_that_breaks_off_is_no_death() -> None:
    session = Session(Source("c.log", 1), "pytest", finished=False, unfinished=("a.py::x",))
    cut = Run("cut", sessions=(session,), workers_source="log")
    assert joined(cut, log(kill(20))) == [(20, "", "", "")]


def test_incidents_of_several_logs_have_numbers_of_their_own() -> None:
    logs = [log(kill(20, at(1e6)), path="a"), log(kill(30, at(2e6)), path="b")]
    _, kernel = witness([], logs)
    assert [each.id for each in kernel.incidents] == [1, 2]
    assert [each.incident for each in kernel.kills] == [1, 2]


def told_by_systemd(unit: str, when: Moment | None = None) -> Run:
    source = Source("status.txt", 4)
    death = KernelKill(0, "", source, f"{unit}: A process", when=when or at(30), unit=unit)
    return Run("shared", inputs=(Input("status.txt", "kernel", 1),), kernel=(death,))


def names(*logs: Run) -> list[str]:
    _, kernel = witness([run()], logs)
    return [each.name for each in kernel.kills]


def test_what_systemd_tells_of_a_kill_that_the_kernel_tells_of_counts_once() -> None:
    dead = kill(7, at(28), comm="node")
    assert names(told_by_systemd("api.service"), log(dead)) == ["node"]
    assert names(log(dead), told_by_systemd("api.service")) == ["node"]


def test_a_unit_names_its_own_kill_whatever_the_clocks_say() -> None:
    dead = replace(kill(7, at(-9000), comm="node"), task_cgroup="/system.slice/api.service")
    assert names(told_by_systemd("api.service"), log(dead)) == ["node"]
    assert sorted(names(told_by_systemd("web.service"), log(dead))) == ["node", "web.service"]


def test_units_of_two_logs_are_two_unless_they_are_one() -> None:
    api, web = told_by_systemd("api.service"), told_by_systemd("web.service")
    assert names(api, web) == ["api.service", "web.service"]
    assert names(api, told_by_systemd("api.service")) == ["api.service"]
