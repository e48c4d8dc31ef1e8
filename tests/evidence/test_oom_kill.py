"""A kill for memory is evidence for the failures that it explains, and for no others."""

from collections.abc import Iterable
from dataclasses import replace

from diagnose.evidence.oom_kill import gather
from diagnose.family import Evidence, Family, Told
from diagnose.model import Event, Failure, Input, Phase, Run, Source, TestResult
from diagnose.oom import KernelKill


def failed(text: str, phase: Phase = "call", name: str = "x") -> Told:
    failure = Failure("failed", text, Source("j.xml", 1), text, phase=phase)
    result = TestResult(
        "a", name, "failed", Source("j.xml", 1), f"a.py::{name}", failures=(failure,)
    )
    return Told(0, result)


def kill(comm: str, run: str = "n4", worker: str = "", test: str = "") -> KernelKill:
    source = Source("dmesg", 9)
    return KernelKill(7, comm, source, "Killed process 7\nmore", worker=worker, test=test, run=run)


def gathered(
    told: Iterable[Told], *kills: KernelKill, events: tuple[Event, ...] = ()
) -> list[Evidence]:
    run = Run("n4", (Input("dmesg", "kernel", 1),), events=events, kernel=kills, workers=4)
    return list(gather(Family((run,), tuple(told), {})))


def test_the_test_of_a_killed_worker_is_explained() -> None:
    [found] = gathered([failed("crashed", "crash")], kill("python", worker="gw1", test="a.py::x"))
    assert (found.kind, found.present, found.quote) == ("oom_kill_joined", True, "Killed process 7")
    assert "worker gw1" in found.text


def test_a_kill_that_no_clock_ties_to_the_run_is_told_as_such() -> None:
    told, killed = failed("crashed", "crash"), kill("python", worker="gw1", test="a.py::x")
    without = Run("n4", kernel=(killed,), workers=4)
    said = [
        next(gather(Family((run,), (told,), {}))).text
        for run in (without, replace(without, started=1_700_000_000.0))
    ]
    assert said[1].endswith(" for memory in n4")
    assert said[0] == f"{said[1]}; no time in the run confirms that it was then"


def test_another_workers_kill_does_not_explain_it() -> None:
    [found] = gathered([failed("crashed", "crash")], kill("python", worker="gw1", test="a.py::y"))
    assert not found.present


def test_a_kill_of_no_run_explains_nothing() -> None:
    [found] = gathered([failed("crashed", "crash")], kill("python", run=""))
    assert not found.present


def test_a_killed_database_explains_lost_connections_and_no_assertion() -> None:
    lost = failed("psycopg.OperationalError: server closed the connection unexpectedly")
    assert [each.kind for each in gathered([lost], kill("postgres"))] == ["oom_kill"]
    assert gathered([failed("assert 1 == 2")], kill("postgres")) == []


def test_a_killed_child_explains_the_signal_that_the_test_saw() -> None:
    gone = failed("subprocess.CalledProcessError: died with <Signals.SIGKILL: 9>")
    assert [each.kind for each in gathered([gone], kill("python3"))] == ["oom_kill"]
    assert gathered([failed("ConnectionRefusedError: connection refused")], kill("python3")) == []


def test_a_container_bears_witness_too() -> None:
    event = Event("container.oom_killed", "OOMKilled: true", Source("inspect.json", 4))
    [found] = gathered([failed("crashed", "crash")], events=(event,))
    assert found.present
