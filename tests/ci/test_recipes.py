"""Each recipe: its commands run in a shell, over a suite that really fails."""

import re
import shutil
from pathlib import Path

import pytest

from tests.ci.machine import BASH, Machine, needs_linux
from tests.ci.recipes import block, blocks, commands, path_of_script

# What each leaves for the CI system: what the recipes pick up must be among it.
LEFT = {
    "parallel.xml", "parallel.log", "retry.xml", "retry.log", "diagnosis/first.json",
    "diagnosis/again.txt", "diagnosis/report.html", "diagnosis/report.json",
    "diagnosis/report.md", "diagnosis/report.codequality.json",
}  # fmt: skip
PICKED = re.compile(r"(?:diagnosis/[\w.*]+|baseline(?:/serial\.xml)?|(?<=\s)parallel\.xml)")


def prepared(folder: Path) -> Machine:
    made = Machine(folder)
    (made.checkout / "ci").mkdir()
    shutil.copy(path_of_script(), made.checkout / "ci/tests.sh")
    return made


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return prepared(tmp_path)


@pytest.fixture(scope="module")
def green(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, str]:
    """Run the night, and the next change; return where, and what it printed."""
    machine = prepared(tmp_path_factory.mktemp("green"))
    assert ends(machine, "serial")[0] == 0
    code, said = ends(machine, "parallel", PRINT="gitlab")
    assert code == 0, said
    return machine, said


def ends(machine: Machine, *words: str, **more: str) -> tuple[int, str]:
    done = machine.run(f"ci/tests.sh {' '.join(words)}", **more)
    return done.returncode, done.stdout


@needs_linux
def test_a_build_goes_green_when_what_ran_out_was_retried(green: tuple[Machine, str]) -> None:
    machine, said = green
    assert "RESOURCE EXHAUSTION" in said
    assert "section_start:0:diagnose_failures" in said
    assert {path for path in LEFT if not (machine.checkout / path).is_file()} == set()
    log = (machine.checkout / "parallel.log").read_text("utf-8")
    assert log.endswith("\nscript returned exit code 1\n")
    again = (machine.checkout / "diagnosis/again.txt").read_text("utf-8").splitlines()
    assert again
    assert all(re.fullmatch(r"tests/test_shop\.py::test_order\[\d\]", name) for name in again)


@needs_linux
def test_it_stays_red_when_a_service_fault_hides_among_what_ran_out(machine: Machine) -> None:
    code, said = ends(machine, "parallel", BROKEN="1")
    assert code == 1
    assert "SERVICE FAULT" in said
    assert "test_total" not in (machine.checkout / "diagnosis/again.txt").read_text("utf-8")
    assert " passed in " in (machine.checkout / "retry.log").read_text("utf-8")


@needs_linux
def test_it_stays_red_when_the_retry_fails_too(machine: Machine) -> None:
    (machine.checkout / "client").mkdir()  # somebody else never lets go of the database
    code, said = ends(machine, "parallel")
    assert "RESOURCE EXHAUSTION" in said
    assert " failed in " in (machine.checkout / "retry.log").read_text("utf-8")
    assert code == 1


@needs_linux
def test_what_failed_last_night_keeps_out_no_change(machine: Machine) -> None:
    baseline = machine.checkout / "baseline"
    baseline.mkdir()
    failed = '<testcase classname="tests.test_shop" name="test_total"><failure message="{0}">{0}'
    text = failed.format("assert 500 == 200") + "</failure></testcase>"
    (baseline / "serial.xml").write_text(f"<testsuite>{text}</testsuite>", "utf-8")
    code, said = ends(machine, "parallel", WORKERS="0")
    assert code == 0, said
    assert "SERVICE FAULT" in said


@needs_linux
def test_it_stays_red_when_pytest_dies(machine: Machine) -> None:
    machine.install("pytest", "kill -9 $$")
    code, said = ends(machine, "parallel")
    assert code == 2
    assert "parallel.xml: no such file" in said
    log = (machine.checkout / "parallel.log").read_text("utf-8")
    assert log == "script returned exit code 137\n"


@needs_linux
def test_without_a_failure_nothing_is_tried_again(machine: Machine) -> None:
    code, said = ends(machine, "parallel", WORKERS="0")
    assert code == 0
    assert "All green: 7 tests" in said
    assert not (machine.checkout / "retry.log").exists()


@needs_linux
def test_a_word_that_is_none_is_a_mistake(machine: Machine) -> None:
    assert ends(machine, "both") == (2, "usage: ci/tests.sh serial|parallel\n")


POD = """{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "runner"},
"spec": {"containers": [{"name": "runner", "image": "registry.example.com/runner"}]},
"status": {"containerStatuses": [{"name": "runner", "state": {"terminated":
{"exitCode": 137, "reason": "OOMKilled", "finishedAt": "2026-03-02T09:24:11Z"}}}]}}"""
KUBECTL = f"""case "$*" in
  "get pod "*) echo '{POD}' ;;
  "get events "*) echo 'LAST SEEN   TYPE      REASON   OBJECT      MESSAGE
2m          Warning   Evicted  pod/runner  The node was low on resource: memory.' ;;
  "debug node/"*) cat "$MACHINE/dmesg.txt" ;;
  *) exit 1 ;;
esac"""


@needs_linux
def test_the_commands_of_the_first_page_run_one_after_another(
    green: tuple[Machine, str],
) -> None:
    machine, _ = green
    machine.install("kubectl", KUBECTL)
    machine.install("cat", '/bin/cat "${@/#\\/sys*events/memory.events.before}"')
    (machine.checkout / "memory.events.before").write_text("low 0\noom 0\n", "utf-8")
    (machine.checkout / "run").mkdir()
    shutil.copy(machine.checkout / "parallel.xml", machine.checkout / "run")
    names = {"POD": "runner", "NAMESPACE": "ci", "NODE": "worker-3"}
    said = ""
    for each in blocks():
        if each.page == "README.md" and each.word == "sh":
            done = machine.run(each.text, **names)
            assert done.returncode == 0, done.stdout
            said = done.stdout
    assert "container.oom killed" in said
    assert "container.evicted" in said
    assert "COULD NOT BE READ" not in said


@needs_linux
def test_the_commands_by_hand_do_the_same(green: tuple[Machine, str]) -> None:
    machine, _ = green
    shutil.copy(machine.checkout / "parallel.log", machine.folder)
    machine.install("pytest", 'cat "$MACHINE/parallel.log"; echo "$*" >>"$CALLS"; exit 1')
    (text,) = [each.text for each in blocks() if each.page == "shell.md" and "rerun" in each.text]
    done = machine.run(text, BASH[:3])  # by hand, nothing stops at an exit code
    assert done.returncode == 0, done.stdout
    assert machine.calls.read_text("utf-8").splitlines()[-1] == (
        "-n 0 -v --junitxml=retry.xml @again.txt"
    )
    assert "fails in parallel (" in done.stdout
    assert "passes in retry" in done.stdout


OTHERS = [".gitlab-ci.yml", "azure-pipelines.yml", ".circleci/config.yml"]
OTHERS += [".buildkite/pipeline.yml", "Jenkinsfile", "Jenkinsfile.nightly"]
# It leaves what a real one leaves, which the tests above have seen it do.
PLAYED = """#!/bin/bash
echo "tests.sh $* WORKERS=${WORKERS:-} PRINT=${PRINT:-}" >>"$CALLS"
mkdir -p diagnosis baseline
touch """ + " ".join(sorted(LEFT))


@needs_linux
@pytest.mark.parametrize("path", OTHERS)
def test_the_commands_of_a_recipe_run_in_its_shell(machine: Machine, path: str) -> None:
    found = block(path)
    script = machine.checkout / "ci/tests.sh"
    script.write_text(PLAYED, "utf-8")
    for name in ("diagnose", "buildkite-agent"):
        machine.install(name, f'echo "{name} $*" >>"$CALLS"')
    machine.install("python3", f'mkdir -p .venv/bin; ln -sf "{machine.programs}/pip" .venv/bin/pip')
    for shell, text in commands(found):
        done = machine.run(text, BASH if shell == "bash" else ("sh", "-xe"))
        assert done.returncode == 0, done.stdout
    calls = machine.calls.read_text("utf-8")
    assert "pip install --quiet -r requirements.txt git+https://" in calls
    wanted = {"Jenkinsfile": ["parallel"], "Jenkinsfile.nightly": ["serial"]}
    for word in wanted.get(path, ["serial", "parallel"]):
        assert f"tests.sh {word}" in calls


@pytest.mark.parametrize("path", OTHERS)
def test_a_recipe_picks_up_what_is_left(path: str) -> None:
    picked = set(PICKED.findall(block(path).text))
    assert picked
    known = LEFT | {"baseline", "baseline/serial.xml", "diagnosis/*"}
    assert picked <= known
