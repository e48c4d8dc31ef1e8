"""What is taken for true, and which truths are refused."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from lab.scenario import Scenario, ScenarioError
from lab.truth import endings, junit_key, tell

LATE = {"type": "httpx.ReadTimeout", "said": "timed out"}
WRONG = {"type": "builtins.AssertionError", "said": "assert 1 == 2"}
FAULTS = [
    {
        "name": "late",
        "verdict": "resource_exhaustion",
        "cause": "starved_response",
        "raised": ["httpx.ReadTimeout"],
    },
    {
        "name": "bug",
        "verdict": "service_fault",
        "cause": "assertion",
        "also": ["stale_expectation"],
        "tests": ["t.py::test_bug[*"],
        "always": True,
    },
]


def scenario(**more: Any) -> Scenario:
    runs = {"serial": "-q", "n4": "-n 4"}
    spec = {"product": "bakery", "says": "late", "split": "train", "runs": runs, "faults": FAULTS}
    return Scenario("bakery", {**spec, **more})


def ending(state: str, *chain: Mapping[str, Any]) -> dict[str, Any]:
    return {"state": state, "phase": "call", "chain": list(chain)}


def notes(folder: Path, *lines: Mapping[str, Any]) -> Path:
    text = "".join(json.dumps({"test": "t.py::test_a", **line}) + "\n" for line in lines)
    (folder / "4711.jsonl").write_text(text, "utf-8")
    return folder


def phase(when: str, outcome: str, *chain: Mapping[str, Any]) -> dict[str, Any]:
    return {"event": when, "outcome": outcome, "chain": list(chain)}


START = {"event": "start"}
PASSED = [phase(when, "passed") for when in ("setup", "call", "teardown")]


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([START, *PASSED], "passed"),
        ([START], "died"),
        ([START, *PASSED[:2]], "died"),
        ([START, PASSED[0], phase("call", "failed", LATE), PASSED[2]], "failed"),
        ([START, phase("setup", "failed", LATE), PASSED[2]], "error"),
        ([START, *PASSED[:2], phase("teardown", "failed", LATE)], "error"),
        ([START, phase("setup", "skipped"), PASSED[2]], "skipped"),
        ([START, PASSED[0], phase("call", "failed", LATE), PASSED[2], START, *PASSED], "passed"),
        ([{"event": "collect", "chain": [WRONG]}], "error"),
    ],
)
def test_a_test_ended_as_its_last_attempt(
    tmp_path: Path, lines: list[dict[str, Any]], state: str
) -> None:
    assert endings(notes(tmp_path, *lines))["t.py::test_a"]["state"] == state


def test_nobody_knows_how_a_test_of_a_cut_run_would_have_ended(tmp_path: Path) -> None:
    assert endings(notes(tmp_path, START), cut=True)["t.py::test_a"]["state"] == "cut"


def test_each_test_has_the_fault_that_it_met() -> None:
    bug = {"t.py::test_bug[1]": ending("failed", WRONG)}
    late = {"t.py::test_a": ending("failed", LATE), "t.py::test_b": ending("passed"), **bug}
    truth = tell(scenario(parallel=True), {"serial": bug, "n4": late})
    assert {test: told["fault"] for test, told in truth["tests"].items()} == {
        "t.py::test_a": "late",
        "t.py::test_bug[1]": "bug",
    }
    assert truth["tests"]["t.py::test_a"]["fails_in"] == ["n4"]
    assert truth["tests"]["t.py::test_bug[1]"]["fails_in"] == ["serial", "n4"]
    assert truth["tests"]["t.py::test_bug[1]"]["alternatives"] == ["stale_expectation"]


def test_of_several_faults_of_a_test_the_others_are_allowed_too() -> None:
    met = {"t.py::test_bug[1]": ending("failed", WRONG), "t.py::test_a": ending("failed", LATE)}
    seen = {"serial": met, "n4": {**met, "t.py::test_bug[1]": ending("failed", LATE)}}
    truth = tell(scenario(), {**seen, "n5": met})["tests"]["t.py::test_bug[1]"]
    assert truth["verdict"] == "service_fault"
    assert truth["verdict_alternatives"] == ["resource_exhaustion"]


def test_a_failure_that_no_fault_explains_is_refused() -> None:
    seen = {"serial": {"t.py::test_a": ending("failed", WRONG)}}
    with pytest.raises(ScenarioError, match="no fault of the scenario explains serial"):
        tell(scenario(), seen)


def test_a_fault_that_no_test_met_is_refused() -> None:
    with pytest.raises(ScenarioError, match="no test met the fault 'late'"):
        tell(scenario(), {"serial": {"t.py::test_bug[1]": ending("failed", WRONG)}})


def test_a_test_that_should_always_fail_and_passed_is_refused() -> None:
    late = {"t.py::test_a": ending("failed", LATE), "t.py::test_bug[1]": ending("failed", WRONG)}
    seen = {"serial": late, "n4": {**late, "t.py::test_bug[1]": ending("passed")}}
    with pytest.raises(ScenarioError, match=r"n4: t.py::test_bug\[1\] missed 'bug'"):
        tell(scenario(), seen)


def test_what_needs_parallelism_and_fails_serially_is_refused() -> None:
    late = {"t.py::test_a": ending("failed", LATE), "t.py::test_bug[1]": ending("failed", WRONG)}
    with pytest.raises(ScenarioError, match="fails serially"):
        tell(scenario(parallel=True), {"serial": late, "n4": late})


@pytest.mark.parametrize(
    ("test", "key"),
    [
        ("tests/test_a.py::test_b", "tests.test_a::test_b"),
        ("tests/test_a.py::TestC::test_b[x::y/z]", "tests.test_a.TestC::test_b[x::y/z]"),
        ("tests/test_a.py", "::tests.test_a"),
    ],
)
def test_the_names_of_junit_are_known(test: str, key: str) -> None:
    assert junit_key(test) == key
