"""`sample_reports/` are what the program says today; `make samples` rewrites them."""

import tomllib
from pathlib import Path

import pytest

from tests.conftest import Golden
from tests.program import ROOT, diagnose

SAMPLES = ROOT / "sample_reports"
STORIES = tomllib.loads((SAMPLES / "stories.toml").read_text("utf-8"))
REPORTS = [(story, form) for story, told in STORIES.items() for form in told["reports"]]


@pytest.mark.parametrize(("story", "form"), REPORTS, ids=lambda word: word)
def test_a_sample_is_what_the_program_says_today(
    story: str, form: str, tmp_path: Path, golden: Golden
) -> None:
    report = tmp_path / f"{story}.{form}"
    diagnose(*STORIES[story]["command"].split(), "-q", "-o", str(report))
    golden(SAMPLES / report.name, report.read_text("utf-8"))


@pytest.mark.parametrize("story", STORIES)
def test_two_processes_write_the_same_bytes(story: str, tmp_path: Path) -> None:
    said = []
    for seed in ("1", "2"):
        reports = [tmp_path / f"{seed}.{form}" for form in ("json", "html", "md")]
        words = [word for report in reports for word in ("-o", str(report))]
        command = [*STORIES[story]["command"].split(), "-q", *words]
        diagnose(*command, variables={"PYTHONHASHSEED": seed})
        said.append([report.read_bytes() for report in reports])
    assert said[0] == said[1]


def test_every_sample_belongs_to_a_story() -> None:
    known = {"README.md", "stories.toml", *(f"{story}.{form}" for story, form in REPORTS)}
    assert {path.name for path in SAMPLES.iterdir() if path.is_file()} <= known
    assert {path.name for path in (SAMPLES / "inputs").iterdir()} == set(STORIES)


def test_the_demo_tells_the_first_story() -> None:
    make = (ROOT / "Makefile").read_text("utf-8")
    assert "STORY := sample_reports/inputs/identity\n" in make
    recipe = make.replace("$(STORY)", "sample_reports/inputs/identity")
    assert f"$(BIN)/diagnose {STORIES['identity']['command']} " in recipe
