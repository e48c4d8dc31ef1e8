"""How many workers fit, told of the report of a kernel."""

from dataclasses import replace

from diagnose.diagnosis import Kernel
from diagnose.judge.workers import size
from diagnose.model import Run, Source
from diagnose.oom import KernelIncident, KernelKill, Moment, ProcessGroup, SafeWorkers, Task

RUN = Run("n4", workers=4, workers_source="stated", started=0.0, wall_seconds=100.0)


def kernel(*workers_kb: int, done: float = 1.0, limit_kb: int = 0, complete: bool = True) -> Kernel:
    """Make an incident in which the first of these workers was killed."""
    tasks = [Task(100 + n, "python3", kb, kb) for n, kb in enumerate(workers_kb)]
    usage = sum(workers_kb) + 30_000
    incident = KernelIncident(
        1,
        Source("dmesg", 1),
        "memory ran out",
        "memcg",
        limit_kb=limit_kb or usage,
        usage_kb=usage,
        groups=(ProcessGroup("python3", len(tasks), usage - 30_000),),
        tasks=(*tasks, Task(99, "pytest", 30_000, 30_000)),
        complete=complete,
    )
    kill = KernelKill(
        100, "python3", Source("dmesg", 9), "Killed", "memcg", Moment(time=100 * done),
        incident=1, anon_rss_kb=workers_kb[0], worker="gw0", run="n4", test="a.py::x",
    )  # fmt: skip
    return Kernel((kill,), (incident,))


def safe(said: Kernel, run: Run = RUN) -> SafeWorkers | None:
    return size(said, [run]).incidents[0].safe_workers


def test_workers_that_are_alike_fit_with_what_the_bound_leaves() -> None:
    found = safe(kernel(100_000, 98_000, 97_000, 99_000))
    assert found is not None
    assert (found.n, found.risk) == (3, 0.04)
    assert "4 workers held 96 MiB each on average" in found.basis


def test_an_early_kill_leaves_room_for_what_is_still_to_grow() -> None:
    found = safe(kernel(100_000, 98_000, 97_000, 99_000, done=0.0))
    assert found is not None
    assert found.n == 2


def test_where_one_test_takes_it_all_fewer_workers_do_not_help() -> None:
    found = safe(kernel(320_000, 28_000, 27_000, 28_000))
    assert found is not None
    assert found.n == 0
    assert found.basis.startswith("a.py::x alone held 312 MiB of the 394 MiB")
    assert found.basis.endswith("fewer workers do not help")


def test_a_table_with_holes_tells_of_no_number() -> None:
    assert safe(kernel(100_000, 98_000, complete=False)) is None


def test_a_kill_of_no_run_tells_of_no_number() -> None:
    said = kernel(100_000, 98_000)
    stranger = replace(said.kills[0], run="", worker="")
    assert safe(replace(said, kills=(stranger,))) is None


def test_what_the_browsers_hold_goes_with_their_workers() -> None:
    said = kernel(100_000, 98_000, 97_000, 99_000)
    browsers = ProcessGroup("chrome", 8, 400_000, 400_000)
    incident = said.incidents[0]
    held = (incident.usage_kb or 0) + 400_000
    incident = replace(incident, groups=(*incident.groups, browsers), usage_kb=held, limit_kb=held)
    found = safe(replace(said, incidents=(incident,)))
    assert found is not None
    assert (found.n, "held 194 MiB each" in found.basis) == (3, True)


def test_workers_that_only_names_count_are_counted_in_the_table() -> None:
    estimated = replace(RUN, workers=2, workers_source="estimated")
    found = safe(kernel(*[100_000] * 9), estimated)
    assert found is not None
    assert found.n > 2
