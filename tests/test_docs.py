"""What the documents say is so."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Golden
from tests.program import ROOT, diagnose
from tests.test_architecture import CODE, FLOOR, STAGES, name_of

DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("sample_reports/*.md")])
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
BLOCK = re.compile(r"(?<=^```console\n)\$ diagnose((?:.*\\\n)*.*\n)(?s:.*?)(?=^```$)", re.MULTILINE)
DOTTED = re.compile(r"(?:cgroup|container|kernel|service)\.[a-z_0-9]+")
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")

every_document = pytest.mark.parametrize("path", DOCS, ids=name_of)


def run_again(block: re.Match[str]) -> str:
    """Return a block of a document with what its command prints today."""
    words = shlex.split(block[1].replace("\\\n", " "))
    return f"$ diagnose{block[1]}{diagnose(*words).strip()}\n"


@every_document
def test_a_command_prints_what_its_block_shows(path: Path, golden: Golden) -> None:
    golden(path, BLOCK.sub(run_again, path.read_text("utf-8")))


def test_the_readme_shows_the_help_and_an_example() -> None:
    shown = [block[1].split()[0] for block in BLOCK.finditer(README.read_text("utf-8"))]
    assert {"--help", "compare"} <= set(shown)


@every_document
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def targets() -> set[str]:
    make = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z]+):.*## ", make, re.MULTILINE))


@every_document
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE))
    assert named <= targets()


def test_the_makefile_explains_every_target() -> None:
    make = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", make, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets()


def test_the_readme_names_the_two_commands() -> None:
    assert re.findall(r"^make (\w+)", README.read_text("utf-8"), re.MULTILINE) == ["demo", "test"]


def test_the_changelog_has_room_for_what_comes_next() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"


def test_the_workflow_takes_every_action_at_a_hash() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    used = [each for each in re.findall(r"uses: (.*)", workflow) if each != "./"]
    assert used
    assert [action for action in used if not re.search(r"@[0-9a-f]{40} # v\d", action)] == []


def test_the_architecture_is_short() -> None:
    assert len(ARCHITECTURE.read_text("utf-8").splitlines()) <= 150


def test_the_architecture_names_every_part() -> None:
    said = ARCHITECTURE.read_text("utf-8")
    assert [part for part in sorted(FLOOR | STAGES) if part not in said] == []


def kinds_of_event(path: Path) -> Iterator[str]:
    """Yield the kinds that a module writes down: in an Event, on the way to one, or with a dot."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Event":
            yield from words(*node.args[:1], *(k.value for k in node.keywords if k.arg == "kind"))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "kind":
            yield from words(node.value)
        elif isinstance(node, ast.Constant) and DOTTED.fullmatch(str(node.value)):
            yield str(node.value)


def words(*values: ast.expr) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.IfExp):
            yield from words(value.body, value.orelse)
        elif isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


@pytest.mark.parametrize(
    "path", [path for path in CODE if path.parent.name == "readers"], ids=name_of
)
def test_the_architecture_lists_every_kind_of_event(path: Path) -> None:
    section = (
        ARCHITECTURE.read_text("utf-8").partition("## Kinds of event")[2].partition("\n## ")[0]
    )
    listed = {word for row in section.split("\n") for word in re.findall(r"`([\w.]+)`", row)}
    assert set(kinds_of_event(path)) <= listed
