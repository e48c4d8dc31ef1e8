"""The workflows of the page on GitHub, run step by step over a suite that really fails."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ci.actions import Runner, Store, load
from tests.ci.machine import ROOT, Machine, needs_linux
from tests.ci.recipes import block

pytestmark = needs_linux
GITHUB = {
    "repository": "octo/shop",
    "event_name": "push",
    "api_url": "http://127.0.0.1:9",
    "token": "fake-token",
    "run_id": "4711",
    "event": {},
}
Job = Callable[..., Runner]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def job(tmp_path: Path, store: Store) -> Job:
    """Run the job of a workflow on a machine of its own."""

    def run(path: str, name: str, variables: dict[str, str] | None = None, **more: Any) -> Runner:
        folder = tmp_path / f"machine{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        runner = Runner(Machine(folder, variables or {}), store, GITHUB)
        workflow = load(block(f".github/workflows/{path}").text)
        return runner.job(workflow["jobs"][name], **more)

    return run


def test_our_own_workflow_uses_the_action(tmp_path: Path, store: Store) -> None:
    machine = Machine(tmp_path)
    steps = load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]["action"]["steps"]
    story = machine.checkout / "sample_reports/inputs"
    shutil.copytree(ROOT / "sample_reports/inputs", story)
    ran = Runner(machine, store, GITHUB).job({"steps": steps[2:]})
    assert not ran.failed, ran.log
    assert report(store)["title"] == "The sample story"


def report(store: Store) -> Any:
    return json.loads((store.folder / "artifacts/diagnose/report.json").read_text("utf-8"))


def test_the_least_says_why_tests_failed(job: Job, store: Store) -> None:
    ran = job("least.yml", "tests")
    assert ran.failed, "the tests did"
    assert report(store)["summary"]["cause"] == "db_connections"
    assert "sorry, too many clients already" in ran.summary


def test_a_retry_that_passed_makes_the_build_green(job: Job, store: Store) -> None:
    assert not job("nightly.yml", "serial").failed
    ran = job("tests.yml", "tests")
    assert not ran.failed, ran.log
    told = report(store)
    assert [run["label"] for run in told["runs"]] == ["serial", "parallel", "retry"]
    assert told["summary"]["verdict"] == "resource_exhaustion"
    assert told["summary"]["parallelism"]["relation"] == "parallel_only"
    assert told["runs"][2]["counts"]["failed"] == 0
    assert ran.summary.count("sorry, too many clients already") >= 1
    assert ran.log.count("\n::notice title=diagnose::") == 1
    assert "This is no pull request" in ran.log


def test_a_service_fault_keeps_it_red_on_the_first_day_too(job: Job, store: Store) -> None:
    ran = job("tests.yml", "tests", {"BROKEN": "1"})
    assert ran.failed
    told = report(store)
    assert [run["label"] for run in told["runs"]] == ["parallel", "retry"]
    assert set(told["summary"]["counts"]["by_verdict"]) == {"resource_exhaustion", "service_fault"}


def test_a_folder_of_folders_is_compared(job: Job, store: Store) -> None:
    for workers in (0, 8):
        job("workers.yml", "tests", matrix={"workers": workers})
    ran = job("workers.yml", "compare")
    assert not ran.failed, ran.log
    told = report(store)
    assert {run["label"] for run in told["runs"]} == {"run-n0", "run-n8"}
    assert told["summary"]["parallelism"]["relation"] == "parallel_only"
