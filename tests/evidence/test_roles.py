"""Who of an incident's tests brought it about, where something shows it; else all are victims."""

from dataclasses import replace

import pytest

from diagnose.evidence.oom_kill import gather
from diagnose.family import Evidence, Family, Role, Told
from diagnose.judge.ledger import roles_of
from diagnose.model import Failure, Run, Source, TestResult
from diagnose.oom import KernelIncident, KernelKill, Task

XML = Source("r.xml", 1)
LOG = Source("dmesg.txt", 9)


def died(name: str, run: int = 0) -> Told:
    failure = Failure("error", "crashed", XML, phase="crash")
    return Told(run, TestResult("t", name, "error", XML, f"t.py::{name}", failures=(failure,)))


def killed(pid: int, test: str, label: str = "n4") -> KernelKill:
    return KernelKill(
        pid, "python", LOG, "Killed", incident=1, worker="gw1", test=f"t.py::{test}", run=label
    )


def table(*held: int) -> KernelIncident:
    """Make an incident whose processes 1, 2, 3 … held so much."""
    tasks = tuple(Task(pid, "python", kb, kb) for pid, kb in enumerate(held, start=1))
    return KernelIncident(1, LOG, "", tasks=tasks, complete=True)


def roles(*kernel: KernelKill | KernelIncident, told: tuple[Told, ...]) -> dict[str, Role]:
    run = Run("n4", kernel=kernel, workers=4)
    outcomes = {each.result.key: {0: "error"} for each in told}
    (found,) = gather(Family((run,), told, outcomes))
    return dict(found.roles)


def test_a_test_whose_worker_alone_filled_the_memory_is_the_culprit() -> None:
    found = roles(table(900, 100, 120, 90), killed(1, "a"), told=(died("a"), died("b")))
    assert found == {"t::a": "culprit"}


@pytest.mark.parametrize("held", [(300, 280, 310, 290), (100, 900, 120, 90), ()])
def test_a_test_that_was_killed_for_what_all_held_is_a_victim(held: tuple[int, ...]) -> None:
    assert roles(table(*held), killed(1, "a"), told=(died("a"),)) == {}


def test_a_test_that_is_killed_in_every_run_is_the_culprit() -> None:
    runs = [
        Run(label, kernel=(killed(1, "a", label), table()), workers=4) for label in ("n4", "n4b")
    ]
    told = (died("a", 0), died("a", 1), died("b", 1))
    ends = {"t::a": {0: "error", 1: "error"}, "t::b": {0: "passed", 1: "error"}}
    (found,) = gather(Family(tuple(runs), told, ends))
    assert found.roles == {"t::a": "culprit"}
    once = replace(runs[1], kernel=())
    (found,) = gather(Family((runs[0], once), told[:1], {"t::a": {0: "error", 1: "passed"}}))
    assert found.roles == {}


def said(**of: Role) -> Evidence:
    return Evidence("fixture_cascade", "", roles=of)


def test_a_culprit_of_one_thing_is_no_bystander_of_another() -> None:
    assert roles_of([said(a="culprit"), said(a="bystander", b="bystander")]) == {
        "a": "culprit",
        "b": "bystander",
    }
    assert roles_of([said(a="bystander"), said(a="culprit")]) == {"a": "culprit"}


def test_what_was_not_seen_accuses_nobody() -> None:
    assert roles_of([replace(said(a="culprit"), present=False)]) == {}
