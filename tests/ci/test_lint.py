"""Each recipe, the action and the shell of both: read by linters that are not ours."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.machine import ROOT
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
