"""What really happened to each test, told by the recorder's notes and the scenario's faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lab.scenario import Fault, Scenario, ScenarioError, workers_of

Ending = dict[str, Any]
BAD = ("failed", "error", "died")


def endings(notes: Path, cut: bool = False) -> dict[str, Ending]:
    """Return how each test ended; the last attempt counts.

    A test that began and has no end died with its process; where the run itself was cut, nobody
    can say how it would have ended.
    """
    found: dict[str, Ending] = {}
    for file in sorted(notes.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            _take(found, json.loads(line))
    for ending in found.values():
        if ending.pop("open", False):
            ending["state"] = "cut" if cut else "died"
    return found


def _take(found: dict[str, Ending], told: Mapping[str, Any]) -> None:
    test, event = told.get("test"), told["event"]
    if not test:
        return
    if event == "collect":
        found[test] = {"state": "error", "phase": "collect", "chain": told["chain"]}
        return
    if event == "start":
        before = found.get(test, {}).get("attempts", 0)
        fresh = {"state": "passed", "phase": "", "chain": [], "open": True, "attempts": before + 1}
        found[test] = fresh
        return
    ending = found[test]
    ending["open"] = event != "teardown"
    if told["outcome"] == "failed" and ending["state"] not in BAD:
        state = "failed" if event == "call" else "error"
        ending.update(state=state, phase=event, chain=told["chain"])
    elif told["outcome"] == "skipped" and ending["state"] == "passed":
        ending["state"] = "skipped"


def tell(scenario: Scenario, seen: Mapping[str, Mapping[str, Ending]]) -> dict[str, Any]:
    """Return the truth of a scenario from how its tests ended, run by run."""
    tests: dict[str, dict[str, Any]] = {}
    for test in sorted({test for ended in seen.values() for test in ended}):
        met = {
            label: (_fault(scenario, test, label, ended[test]), ended[test]["state"])
            for label, ended in seen.items()
            if test in ended and ended[test]["state"] in BAD
        }
        if met:
            tests[test] = _test(test, met)
    _insist(scenario, seen, tests)
    spec = scenario.spec
    return {
        "scenario": scenario.name,
        "product": spec["product"],
        "description": spec["says"],
        "split": spec["split"],
        "tests": tests,
        "run_level": {
            "parallelism_dependent": spec.get("parallel"),
            "main_cause": (spec.get("main") or [None])[0],
            "acceptable_main_causes": spec.get("main", []),
        },
        "must_recommend": spec.get("advice", []),
        "runs": {label: {"workers": workers_of(words)} for label, words in scenario.runs.items()},
    }


def _fault(scenario: Scenario, test: str, label: str, ending: Ending) -> Fault:
    found = next((fault for fault in scenario.faults if fault.explains(test, ending)), None)
    if found is None:
        what = f"{label}: {test} {ending['state']} in {ending['phase']}: {ending['chain'][:2]}"
        raise ScenarioError(f"{scenario.name}: no fault of the scenario explains {what}")
    return found


def _test(test: str, met: Mapping[str, tuple[Fault, str]]) -> dict[str, Any]:
    """Return the truth of a test; where it met several faults, the most frequent comes first."""
    known = {fault.name: fault for fault, _ in met.values()}
    ranked = [known[n] for n, _ in Counter(fault.name for fault, _ in met.values()).most_common()]
    first = ranked[0]
    verdicts = [v for fault in ranked for v in (fault.verdict, *fault.also_verdicts)]
    causes = [c for fault in ranked for c in (fault.cause, *fault.also)]
    return {
        "fault": first.name,
        "verdict": first.verdict,
        "cause": first.cause,
        "verdict_alternatives": _others(verdicts, first.verdict),
        "alternatives": _others(causes, first.cause),
        "fails_in": list(met),
        "states": sorted({state for _, state in met.values()}),
        "faults": {label: fault.name for label, (fault, _) in met.items()},
        "junit_key": junit_key(test),
    }


def _others(words: Iterable[str], first: str) -> list[str]:
    return [word for word in dict.fromkeys(words) if word != first]


def junit_key(test: str) -> str:
    """Return `classname::name`, as pytest writes a node id into JUnit XML."""
    path, bracket, parameters = test.partition("[")
    parts = path.split("::")
    module = parts[0].removesuffix(".py").replace("/", ".")
    if len(parts) == 1:
        return f"::{module}"
    return f"{'.'.join([module, *parts[1:-1]])}::{parts[-1]}{bracket}{parameters}"


def _insist(
    scenario: Scenario,
    seen: Mapping[str, Mapping[str, Ending]],
    tests: Mapping[str, Mapping[str, Any]],
) -> None:
    """Refuse a truth that what happened does not bear out."""
    for fault in scenario.faults:
        met = [test for test, told in tests.items() if fault.name in told["faults"].values()]
        if not met:
            raise ScenarioError(f"{scenario.name}: no test met the fault {fault.name!r}")
        for label, ended in seen.items() if fault.always else ():
            missed = [t for t in ended if fault.names(t) and ended[t]["state"] not in (*BAD, "cut")]
            if missed:
                raise ScenarioError(f"{scenario.name}: {label}: {missed[0]} missed {fault.name!r}")
    if scenario.spec.get("parallel"):
        serial = [label for label, words in scenario.runs.items() if not workers_of(words)]
        spared = [fault.name for fault in scenario.faults if not fault.always]
        for test, told in tests.items():
            early = [label for label in serial if told["faults"].get(label) in spared]
            if early:
                raise ScenarioError(f"{scenario.name}: {test} fails serially, in {early[0]}")
