"""How what was said is held against what is true."""

import json
from pathlib import Path
from typing import Any

import pytest

from lab.recordings import opened
from lab.scoring import Judged, Scored, figures, score

TRUTH: dict[str, Any] = {
    "verdict": "service_fault",
    "cause": "assertion",
    "verdict_alternatives": [],
    "alternatives": ["stale_expectation"],
    "fails_in": ["serial"],
    "junit_key": "tests.test_fee::test_day",
}
CASE = '<testcase classname="tests.test_fee" name="{}" time="0.1">{}</testcase>'
FAILED = '<failure message="assert 3 == 4">E   assert 3 == 4</failure>'


def judged(verdict: str, cause: str, confidence: float, **truth: Any) -> Judged:
    return Judged("t", {**TRUTH, **truth}, verdict, cause, confidence, {})


def row(*tests: Judged, **more: Any) -> Scored:
    known = {"relation": None, "main": None, "quiet": None, "advised": None, **more}
    return Scored("bakery", "bakery", "train", tests, relation_wrong=False, **known)


@pytest.mark.parametrize(
    ("verdict", "cause", "right", "named"),
    [
        ("service_fault", "assertion", True, True),
        ("service_fault", "stale_expectation", True, True),
        ("service_fault", "http_5xx", True, False),
        ("test_defect", "assertion", False, True),
        ("", "", False, False),
    ],
)
def test_verdict_and_cause_count_apart(verdict: str, cause: str, right: bool, named: bool) -> None:
    found = judged(verdict, cause, 0.8)
    assert (found.right, found.named) == (right, named)


@pytest.mark.parametrize(
    ("confidence", "allowed", "excused"),
    [(0.9, [], True), (0.6, [], False), (0.9, ["resource_exhaustion"], False)],
)
def test_a_fault_is_excused_where_resources_are_blamed_with_confidence(
    confidence: float, allowed: list[str], excused: bool
) -> None:
    found = judged(
        "resource_exhaustion", "cpu_starvation", confidence, verdict_alternatives=allowed
    )
    assert found.excused is excused


def test_a_large_scenario_weighs_no_more_than_a_small_one_in_the_macro_figures() -> None:
    wrong = judged("test_defect", "bad_test_code", 0.95)
    rows = [row(*[wrong] * 9), row(judged("service_fault", "assertion", 0.95))]
    told = figures(rows)
    assert (told["verdict"], told["verdict_macro"]) == (0.1, 0.5)
    assert (told["sure"], told["right_when_sure"]) == (10, 0.1)
    assert told["green_quiet"] is None


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """A recording of two runs in which one test fails."""
    truth = {
        "scenario": "bakery",
        "product": "bakery",
        "split": "train",
        "tests": {"tests/test_fee.py::test_day": TRUTH},
        "run_level": {
            "parallelism_dependent": False,
            "main_cause": "assertion",
            "acceptable_main_causes": ["assertion"],
        },
        "must_recommend": ["no such word in any advice"],
        "runs": {"serial": {"workers": 0}, "n4": {"workers": 4}},
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth), "utf-8")
    for label in ("serial", "n4"):
        run = tmp_path / "runs" / label
        run.mkdir(parents=True)
        cases = CASE.format("test_day", FAILED) + CASE.format("test_hour", "")
        (run / "junit.xml").write_text(f"<testsuite>{cases}</testsuite>", "utf-8")
        (run / "app.log").write_text("2026-03-01 10:00:00 INFO listening on :80\n", "utf-8")
    return tmp_path


def test_a_recording_is_examined_and_compared(bakery: Path) -> None:
    scored = score(opened(bakery, "bakery"))
    assert [(t.test, t.right, t.named) for t in scored.tests] == [
        ("tests/test_fee.py::test_day", True, True)
    ]
    assert (scored.relation, scored.main, scored.quiet) == (True, True, None)
    assert scored.misses == ("advice: none of the words that good advice would have",)


def test_a_recording_can_be_given_in_part(bakery: Path) -> None:
    recording = opened(bakery, "bakery")
    runs = bakery / "runs"
    assert recording.named() == [str(runs / "serial"), str(runs / "n4")]
    assert recording.named({"junit"}) == [
        f"serial={runs / 'serial' / 'junit.xml'}@1",
        f"n4={runs / 'n4' / 'junit.xml'}@4",
    ]
    assert recording.named({"console"}) == []


def test_a_suite_without_a_failure_is_to_be_left_in_peace(bakery: Path) -> None:
    truth = json.loads((bakery / "truth.json").read_text("utf-8"))
    truth["tests"], truth["run_level"]["acceptable_main_causes"] = {}, []
    (bakery / "truth.json").write_text(json.dumps(truth), "utf-8")
    scored = score(opened(bakery, "bakery"))
    assert scored.quiet is False
    assert "green, but says ['assertion']" in scored.misses
