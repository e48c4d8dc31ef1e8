"""Small diagnoses, so that each case of advice says only what matters to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from diagnose.diagnosis import Advice, Diagnosis, Incident, Kernel, NextRun, TestCase
from diagnose.model import Event, Failure, Gap, Input, Run, Session, Source, TestResult
from diagnose.oom import KernelIncident, KernelKill, SafeWorkers, Task
from diagnose.table import Row, TestTable

TESTS = 3


def diagnosis_from(path: Path) -> Diagnosis:
    """Build what a case's file says."""
    return made(tomllib.loads(path.read_text("utf-8")))


def made(said: Mapping[str, Any]) -> Diagnosis:
    """Build one incident: which runs failed, in which words."""
    told = said.get("runs", [{"label": "serial"}, {"label": "n8", "workers": 8, "failed": True}])
    runs = tuple(_run(each, said) for each in told)
    cases = tuple(
        TestCase(_id(n), "tests.test_users", _name(n), outcomes=_outcomes(told))
        for n in _numbers(said)
    )
    incident = Incident(
        f"{said['cause']}-1",
        f"{TESTS} tests failed",
        cases,
        said["verdict"],
        said["cause"],
        details={name: (value,) for name, value in said.get("details", {}).items()},
        remedy="- Read the page.",
        next_run=NextRun("pytest -n 2", "two workers tell", 2),
    )
    gaps = tuple(
        Gap(each["label"], "missing_in_run", "some did not run", total=each["lacks"])
        for each in told
        if "lacks" in each
    )
    return Diagnosis(runs, (incident,), gaps, kernel=_sized(runs, said.get("kernel", {})))


def _numbers(said: Mapping[str, Any]) -> range:
    return range(1, said.get("tests", TESTS) + 1)


def _name(number: int) -> str:
    return f"test_scope[{number}]"


def _id(number: int) -> str:
    return f"tests/test_users.py::{_name(number)}"


def _outcomes(told: list[dict[str, Any]]) -> dict[str, str]:
    return {each["label"]: "failed" if each.get("failed") else "passed" for each in told}


def _run(each: Mapping[str, Any], said: Mapping[str, Any]) -> Run:
    table = TestTable()
    passed = (
        []
        if each.get("failed")
        else [Row("tests.test_users", _name(n), "passed", 0.2) for n in _numbers(said)]
    )
    table.extend(
        [
            *passed,
            *(
                Row("tests.test_sums", f"test_{n}", "passed", each.get("pace", 0.2))
                for n in range(20)
            ),
        ]
    )
    header = {name: said[name] for name in ("configfile", "header") if name in said}
    return Run(
        each["label"],
        (Input(f"{each['label']}.xml", "junit", 100),),
        tuple(_result(n, each, said) for n in _numbers(said)) if each.get("failed") else (),
        table,
        tuple(_event(event) for event in said.get("events", ()) if each.get("failed")),
        tuple(_kernel(said["kernel"]) for _ in range(1) if "kernel" in said and each.get("failed")),
        (Session(Source("console.log", 1), stopped=each.get("stopped", ""), details=header),),
        workers=each.get("workers", 1),
        workers_source=each.get("source", "stated"),
        not_run=each.get("not_run", 0),
        wall_seconds=each.get("seconds", 10.0),
        effective_parallelism=each.get("parallelism"),
    )


def _result(number: int, each: Mapping[str, Any], said: Mapping[str, Any]) -> TestResult:
    failure = Failure(
        "failed", each.get("message", said["message"]), Source("n8.xml", 7), said.get("text", "")
    )
    return TestResult(
        "tests.test_users", _name(number), "failed", Source("n8.xml", 6), failures=(failure,)
    )


def _event(event: Mapping[str, Any]) -> Event:
    return Event(
        event["kind"],
        event.get("text", ""),
        Source("service.log", event.get("line", 1)),
        details=event.get("details", {}),
    )


def _sized(runs: tuple[Run, ...], said: Mapping[str, Any]) -> Kernel:
    """Return what the join says of the kill, where the case has one test that takes all."""
    found = [event for run in runs for event in run.kernel if isinstance(event, KernelIncident)]
    if "alone" not in said:
        return Kernel()
    killed = KernelKill(100, "python", Source("dmesg.txt", 9), "Killed", incident=1, run="n4")
    sized = replace(found[0], safe_workers=SafeWorkers(0, said["alone"], 1.0))
    return Kernel((killed,), (sized,))


def _kernel(said: Mapping[str, Any]) -> KernelIncident:
    tasks = tuple(Task(100 + n, "python", kb, kb) for n, kb in enumerate(said["held_kb"]))
    return KernelIncident(
        1,
        Source("dmesg.txt", 3),
        "out of memory",
        limit_kb=said["limit_kb"],
        victims=(100,),
        tasks=tasks,
    )


def written(advice: Advice) -> str:
    """Write advice down as a golden file shows it."""
    lines = [f"# {advice.title}", "", advice.why, "", f"Effect: {advice.effect}"]
    lines += [f"Proof: {advice.proof}", f"For: {', '.join(advice.incidents) or 'all'}"]
    for patch in advice.patches:
        lines += ["", f"--- {patch.path} ({patch.language})", patch.content.rstrip("\n")]
    return "\n".join(lines) + "\n"
