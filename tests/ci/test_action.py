"""The action, run as a runner runs it: what goes in, what comes out, what it refuses."""

import json
import re
import shutil
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ci.actions import ACTION, Runner, Store
from tests.ci.machine import ROOT, Machine, needs_linux

pytestmark = needs_linux
GITHUB = {
    "repository": "octo/shop",
    "event_name": "push",
    "api_url": "http://127.0.0.1:9",
    "token": "fake-token",
    "event": {},
}
COUNTERS = "low 0\nhigh 0\nmax 9\noom {}\noom_kill {}\noom_group_kill 0\n"
GREEN = '<testsuite name="pytest"><testcase classname="tests.test_a" name="test_x" time="0.5"/>'
CALM = (
    '<testsuite name="pytest"><testcase classname="tests.test_a" name="{}" time="0.5">'
    '<failure message="assert 500 == 200">E   assert 500 == 200</failure></testcase></testsuite>'
)
KERNEL = ROOT / "tests/reports/kernel"
Use = Callable[..., Runner]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "machine").mkdir()
    made = Machine(tmp_path / "machine")
    count(made, 0)
    (made.checkout / "red.xml").write_text(CALM.format("test_x"), "utf-8")
    (made.checkout / "green.xml").write_text(GREEN + "</testsuite>", "utf-8")
    return made


@pytest.fixture
def use(machine: Machine, tmp_path: Path) -> Use:
    def run(*uses: dict[str, Any], **github: Any) -> Runner:
        steps = [{"uses": "./", "with": each, "id": f"use{n}"} for n, each in enumerate(uses)]
        runner = Runner(machine, Store(tmp_path / "store"), GITHUB | github)
        return runner.job({"steps": steps})

    return run


def count(machine: Machine, kills: int) -> None:
    """Let the kernel have counted so many kills in the control group of the job."""
    host = machine.folder / "host"
    group = host / "sys/fs/cgroup/job"
    group.mkdir(parents=True, exist_ok=True)
    (host / "proc/self").mkdir(parents=True, exist_ok=True)
    (host / "proc/self/cgroup").write_text("0::/job\n")
    (group / "memory.events").write_text(COUNTERS.format(kills, kills))


def artifact(tmp_path: Path, name: str = "diagnose") -> dict[str, str]:
    folder = tmp_path / "store/artifacts" / name
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_a_failed_run_ends_in_outputs_summary_annotations_and_artifact(
    use: Use, tmp_path: Path
) -> None:
    ran = use({"runs": "  red.xml\n\n", "title": "Shop, nightly"})
    made = ran.outputs("use0")
    assert (ran.failed, made["verdict"], made["cause"]) == (False, "service_fault", "http_5xx")
    report = json.loads(Path(made["report-path"]).read_text("utf-8"))
    assert report["title"] == "Shop, nightly"
    assert Path(made["rerun-file"]).read_text() == ""
    assert ran.summary.startswith("1 failed test, 1 cause: ")
    assert "\n::error file=" in ran.log or "\n::error title=" in ran.log
    kept = artifact(tmp_path)
    assert set(kept) == {"report.html", "report.json", "report.md", "rerun.txt"}
    assert json.loads(kept["report.json"]) == report


def test_a_green_run_says_so(use: Use) -> None:
    ran = use({"runs": "green.xml", "fail-on": "service_fault,inconclusive,unresolved"})
    assert ran.outputs("use0")["verdict"] == ran.outputs("use0")["cause"] == "none"
    assert not ran.failed
    assert ran.summary.startswith("All green: 1 test")


def test_the_gate_fails_the_job_after_all_else_is_done(use: Use, tmp_path: Path) -> None:
    ran = use({"runs": "red.xml", "fail-on": "service_fault"})
    assert ran.failed
    assert ran.summary
    assert "report.html" in artifact(tmp_path)


@pytest.mark.parametrize("wrong", [{"runs": "gone.xml"}, {"runs": "red.xml", "fail-on": "x"}])
def test_a_mistake_fails_the_job_and_says_what_it_was(use: Use, wrong: dict[str, str]) -> None:
    ran = use(wrong)
    assert ran.failed
    assert "\ndiagnose: " in ran.log
    assert "\nhint: " in ran.log
    assert ran.summary == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"runs": " \n"},
        {"runs": "red.xml", "name": "../x"},
        {"runs": "red.xml", "baseline": "-ohacked"},
    ],
)
def test_what_can_not_be_meant_is_refused(use: Use, wrong: dict[str, str]) -> None:
    ran = use(wrong)
    assert ran.failed
    assert "::error title=diagnose::" in ran.log
    assert ran.outputs("use0")["verdict"] == ""


def test_several_runs_are_compared(use: Use) -> None:
    ran = use({"runs": "serial=green.xml\r\nparallel=red.xml@8\n"})
    report = json.loads(Path(ran.outputs("use0")["report-path"]).read_text("utf-8"))
    assert [(run["label"], run["workers"]) for run in report["runs"]] == [
        ("serial", 1), ("parallel", 8)
    ]  # fmt: skip


def test_what_failed_another_day_is_reported_and_fails_no_job(use: Use) -> None:
    today = {"fail-on": "service_fault,unresolved", "upload": "false"}
    ran = use(today | {"runs": "today=green.xml", "baseline": "night=red.xml@1"})
    assert not ran.failed
    report = json.loads(Path(ran.outputs("use0")["report-path"]).read_text("utf-8"))
    assert [run["label"] for run in report["runs"]] == ["night", "today"]
    assert report["summary"]["counts"]["failed_tests"] == 1
    assert use(today | {"runs": "red.xml", "baseline": "green.xml"}).failed
    assert not use(today | {"runs": "green.xml", "baseline": "night=gone.xml"}).failed


def test_what_is_not_wanted_is_not_done(use: Use, machine: Machine, tmp_path: Path) -> None:
    machine.install("dmesg", 'echo dmesg >>"$CALLS"')
    switches = ("kernel", "summary", "annotations", "upload")
    ran = use({"runs": "red.xml"} | dict.fromkeys(switches, "false"))
    assert not ran.failed
    assert ran.summary == ""
    assert "::error" not in ran.log
    assert machine.calls.read_text() == ""
    assert not (tmp_path / "store").exists()


def test_an_input_is_never_run(use: Use, machine: Machine) -> None:
    words = (
        "$(touch hacked)`touch hacked`; touch hacked; '; touch hacked; '\"; touch hacked; -ohacked"
    )
    usual = {"runs": "red.xml", "upload": "false"}
    for wrong in ({"runs": words}, {"kernel-logs": words}, {"name": words}, {"fail-on": words}):
        assert use(usual | wrong).failed
    ran = use(usual | {"title": words, "key": words})
    report = json.loads(Path(ran.outputs("use0")["report-path"]).read_text("utf-8"))
    assert report["title"] == words
    assert not list(machine.folder.rglob("*hacked*"))


def test_a_module_of_the_checkout_stands_in_for_none_of_pythons(use: Use, machine: Machine) -> None:
    for name in ("secrets", "random", "json", "diagnose"):
        (machine.checkout / f"{name}.py").write_text("raise SystemExit('the wrong module')\n")
    ran = use({"runs": "red.xml", "upload": "false"})
    assert not ran.failed, ran.log
    assert ran.outputs("use0")["verdict"] == "service_fault"


def test_every_python_leaves_the_checkout_alone() -> None:
    for script in (ROOT / "action").glob("*.sh"):
        for words in re.findall(r'"\$(?:PYTHON|found)" (-.*)', script.read_text("utf-8")):
            assert words.startswith(("-P", "-c 'import sys; ")), script.name


def test_a_test_can_not_give_the_runner_a_command(use: Use, machine: Machine) -> None:
    name = "::add-mask::x&#10;::error::y&#10;##[error]z&#10;verdict=none"
    (machine.checkout / "red.xml").write_text(CALM.format(name), "utf-8")
    ran = use({"runs": "red.xml"})
    token = re.search(r"^::stop-commands::([0-9a-f]{32})$", ran.log, re.MULTILINE)
    assert token
    _, held, after = re.split(rf"^::(?:stop-commands::)?{token[1]}:*$", ran.log, flags=re.MULTILINE)
    assert "SERVICE FAULT" in held
    commands = [line for line in after.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert [line.partition(" ")[0] for line in commands] == ["::notice", "::error"]
    assert ran.outputs("use0")["verdict"] == "service_fault"


def capture(machine: Machine, environment: str = "self-hosted") -> tuple[str, dict[str, str]]:
    """Read what the kernel says; return what was printed, and the files that were kept."""
    done = machine.run(
        f'bash "{ROOT}/action/capture.sh"',
        RUNNER_TEMP=str(machine.folder),
        RUNNER_ENVIRONMENT=environment,
        HOST_ROOT=str(machine.folder / "host"),
    )
    assert done.returncode == 0, done.stdout
    kept = (machine.folder / "diagnose/kernel").iterdir()
    return done.stdout, {path.name: path.read_text("utf-8") for path in kept}


def test_what_the_kernel_counted_between_start_and_report_is_read(
    use: Use, machine: Machine
) -> None:
    count(machine, 3)
    assert not use({"mode": "start"}).failed
    count(machine, 4)
    ran = use({"runs": "red.xml"})
    report = json.loads(Path(ran.outputs("use0")["report-path"]).read_text("utf-8"))
    assert report["problems"] == []
    (told,) = report["kernel"]["other"]
    assert told["kind"] == "cgroup.memory_events"
    assert "oom_kill 1\n" in told["text"]


@pytest.mark.parametrize(("later", "kills"), [(3, 0), (5, 2)])
def test_old_kills_of_a_machine_that_lives_long_are_not_counted(
    machine: Machine, later: int, kills: int
) -> None:
    (machine.folder / "diagnose").mkdir()
    (machine.folder / "diagnose/before").write_text(COUNTERS.format(3, 3))
    count(machine, later)
    assert f"oom_kill {kills}\n" in capture(machine)[1]["memory.events"]


def test_without_a_start_only_a_new_machine_is_believed(machine: Machine) -> None:
    count(machine, 3)
    said, kept = capture(machine)
    assert "Without a step with 'mode: start'" in said
    assert set(kept) == {"dmesg.txt"}
    assert "oom_kill 3\n" in capture(machine, "github-hosted")[1]["memory.events"]


def test_counters_of_the_older_kind_are_read_too(machine: Machine) -> None:
    host = machine.folder / "host"
    (host / "proc/self/cgroup").write_text("5:cpu:/job\n4:memory:/job\n0::/\n")
    (host / "sys/fs/cgroup/memory/job").mkdir(parents=True)
    (host / "sys/fs/cgroup/memory/job/memory.oom_control").write_text("under_oom 0\noom_kill 2\n")
    assert capture(machine, "github-hosted")[1]["memory.events"] == "under_oom 0\noom_kill 2\n"


def test_a_kernel_log_that_can_not_be_read_is_no_error(machine: Machine) -> None:
    machine.install("dmesg", "echo 'dmesg: read kernel buffer failed' >&2; exit 1")
    said, kept = capture(machine)
    assert "The kernel log can't be read here." in said
    assert kept == {}


def test_a_dmesg_without_the_newer_format_is_asked_for_the_older(machine: Machine) -> None:
    machine.install("dmesg", '[ $# = 0 ] && cat "$MACHINE/dmesg.txt"')
    assert capture(machine)[1]["dmesg.txt"] == (machine.folder / "dmesg.txt").read_text("utf-8")


def test_a_worker_that_the_kernel_killed_is_found(use: Use, machine: Machine) -> None:
    shutil.copy(KERNEL / "dmesg.txt", machine.folder)
    shutil.copy(KERNEL / "console.log", machine.checkout)
    ran = use({"runs": "console.log"})
    assert ran.outputs("use0")["cause"] == "oom_kill"
    report = json.loads(Path(ran.outputs("use0")["report-path"]).read_text("utf-8"))
    assert [kill["worker"] for kill in report["kernel"]["kills"] if kill["worker"]]


def test_it_installs_itself_where_nothing_is_installed(use: Use, machine: Machine) -> None:
    site = sysconfig.get_path("purelib")
    machine.variables |= {
        "PYTHONPATH": site,  # its libraries; diagnose itself is not among them
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say yes
    }
    base = Path(sys.base_prefix) / "bin/python3"
    if not base.exists() or not (Path(site) / "hatchling").exists():
        pytest.skip("needs a Python that can make environments, and hatchling")
    again = {"runs": "green.xml", "python": "", "name": "again"}
    ran = use({"runs": "red.xml", "python": str(base)}, again)
    assert not ran.failed, ran.log
    assert ran.outputs("use0")["verdict"] == "service_fault"


def test_a_python_that_is_too_old_is_named(use: Use, machine: Machine) -> None:
    machine.install("old", "exit 1")
    ran = use({"runs": "red.xml", "python": str(machine.programs / "old")})
    assert ran.failed
    assert "is not Python 3.11 or newer" in ran.log


def test_no_input_stands_in_the_text_of_a_command() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
