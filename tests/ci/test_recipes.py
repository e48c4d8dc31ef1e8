"""Each recipe: read by a linter that is not ours, and its commands run in a shell."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.machine import BASH, ROOT, Machine, needs_linux
from tests.ci.recipes import DOCS, block, blocks, commands, path_of_script

BLOCKS = list(blocks())
FILES = [each for each in BLOCKS if each.word == "yaml" and each.path]
SHELL = [(each, shell, text) for each in BLOCKS for shell, text in commands(each)]
SCRIPTS = [path_of_script(), *sorted((ROOT / "action").glob("*.sh"))]
SCHEMAS = {
    ".github/workflows/": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "azure-pipelines.yml": "vendor.azure-pipelines",
    ".circleci/config.yml": "vendor.circle-ci",
    ".buildkite/pipeline.yml": "vendor.buildkite",
}
# What each leaves for the CI system: what the recipes pick up must be among it.
LEFT = {
    "parallel.xml", "parallel.log", "retry.xml", "retry.log", "diagnosis/first.json",
    "diagnosis/again.txt", "diagnosis/report.html", "diagnosis/report.json",
    "diagnosis/report.md", "diagnosis/report.codequality.json",
}  # fmt: skip
PICKED = re.compile(r"(?:diagnosis/[\w.*]+|baseline(?:/serial\.xml)?|(?<=\s)parallel\.xml)")

needs_shellcheck = pytest.mark.skipif(not shutil.which("shellcheck"), reason="needs shellcheck")


def check_schema(schema: str, *paths: Path) -> None:
    words = ["-m", "check_jsonschema", "--regex-variant", "python", "--builtin-schema", schema]
    if "azure" in schema:
        words += ["--data-transform", "azure-pipelines"]
    ran = subprocess.run(
        [sys.executable, *words, *paths], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("start", SCHEMAS)
def test_a_recipe_is_what_its_system_takes(start: str, tmp_path: Path) -> None:
    found = [each for each in FILES if each.path.startswith(start)]
    assert found
    paths = [tmp_path / f"{number}.yml" for number in range(len(found))]
    for path, each in zip(paths, found, strict=True):
        path.write_text(each.text, "utf-8")
    check_schema(SCHEMAS[start], *paths)


def test_a_schema_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(block("azure-pipelines.yml").text.replace("steps:", "stepz:"))
    with pytest.raises(AssertionError, match="stepz"):
        check_schema(SCHEMAS["azure-pipelines.yml"], tmp_path / "a.yml")


@pytest.mark.parametrize("path", ["Jenkinsfile", "Jenkinsfile.nightly"])
def test_a_pipeline_of_jenkins_is_groovy(path: str) -> None:
    tree_sitter = pytest.importorskip("tree_sitter", reason="needs tree-sitter-groovy")
    groovy = pytest.importorskip("tree_sitter_groovy", reason="needs tree-sitter-groovy")
    parser = tree_sitter.Parser(tree_sitter.Language(groovy.language()))
    text = block(path).text
    assert not parser.parse(text.encode()).root_node.has_error
    assert parser.parse(text.replace("}", "", 1).encode()).root_node.has_error


def test_every_recipe_was_looked_at() -> None:
    assert {each.path.partition("/")[0] for each in FILES} <= {s.partition("/")[0] for s in SCHEMAS}
    assert {path.stem for path in DOCS.glob("*.md")} == {
        "README", "azure", "buildkite", "circleci", "github", "gitlab", "jenkins", "shell"
    }  # fmt: skip


def test_the_action_is_what_github_takes() -> None:
    check_schema("vendor.github-actions", ROOT / "action.yml")


ZIZMOR = shutil.which("zizmor", path=f"{Path(sys.executable).parent}:/usr/bin:/usr/local/bin")


@pytest.mark.skipif(not ZIZMOR, reason="needs zizmor")
def test_the_action_and_the_workflows_are_found_safe(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for each in FILES:
        if each.path.startswith(".github/"):
            text = each.text.replace("@COMMIT", f"@{'a1' * 20}")
            (tmp_path / each.path).write_text(text, "utf-8")
    words = [str(ZIZMOR), "--offline", "--no-config", "--min-severity=medium", "--quiet"]
    inputs = [ROOT / "action.yml", ROOT / ".github/workflows", tmp_path]
    ran = subprocess.run([*words, *inputs], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("path", ["action.yml", "docs/ci/github.md"])
def test_every_action_is_taken_at_a_hash(path: str) -> None:
    used = re.findall(r"uses: (\S+.*)", (ROOT / path).read_text("utf-8"))
    theirs = [each for each in used if not each.startswith("OWNER/")]
    assert theirs
    assert [each for each in theirs if not re.search(r"@[0-9a-f]{40} # v\d", each)] == []


def shellcheck(shell: str, text: str) -> str:
    # A workflow's variables come from outside, and CircleCI's and Azure's marks are no shell.
    words = ["shellcheck", f"--shell={shell}", "--exclude=SC2154", "-"]
    ran = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
    return ran.stdout


@needs_shellcheck
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_finds_nothing_in_a_script(path: Path) -> None:
    assert shellcheck("bash", path.read_text("utf-8")) == ""


@needs_shellcheck
def test_shellcheck_finds_nothing_in_the_recipes() -> None:
    assert len(SHELL) >= 25
    for shell in ("bash", "sh"):
        texts = [text for _, used, text in SHELL if used == shell]
        assert shellcheck(shell, "\n".join(texts)) == "", shell


@needs_shellcheck
def test_shellcheck_would_find_something() -> None:
    assert "SC2086" in shellcheck("bash", 'f() { cat $1; }\nf "$@"\n')


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
