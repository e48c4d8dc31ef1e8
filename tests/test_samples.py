"""`sample_reports/` are what the program says today; `make samples` rewrites them."""

import json
import tomllib
from pathlib import Path

import pytest

from diagnose import api
from tests.conftest import Golden
from tests.pictures import IMAGES, SHOWN, WIDTH
from tests.program import ROOT, diagnose

SAMPLES = ROOT / "sample_reports"
STORIES = tomllib.loads((SAMPLES / "stories.toml").read_text("utf-8"))
REPORTS = [(story, form) for story, told in STORIES.items() for form in told["reports"]]
LARGEST = 250_000  # bytes of an input: who looks at a story reads its files


def written(story: str, folder: Path, seed: str) -> list[Path]:
    """Write all reports of a story with one call of the program."""
    reports = [folder / f"{story}-{seed}.{form}" for form in STORIES[story]["reports"]]
    words = [word for report in reports for word in ("-o", str(report))]
    command = [*STORIES[story]["command"].split(), "-q", *words]
    diagnose(*command, variables={"PYTHONHASHSEED": seed})
    return reports


@pytest.mark.parametrize("story", STORIES)
def test_a_sample_is_what_the_program_says_today(
    story: str, tmp_path: Path, golden: Golden
) -> None:
    first, second = (written(story, tmp_path, seed) for seed in ("1", "2"))
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), "two processes wrote different bytes"
        golden(SAMPLES / f"{story}{one.suffix}", one.read_text("utf-8"))


@pytest.mark.parametrize(("story", "verdicts"), [(s, t["verdicts"]) for s, t in STORIES.items()])
def test_a_story_has_the_verdicts_that_are_true(story: str, verdicts: list[str]) -> None:
    told = json.loads((SAMPLES / f"{story}.json").read_text("utf-8"))
    said = [f"{each['verdict']}/{each['cause']}" for each in told["incidents"]]
    assert said == verdicts
    assert all(each["wording"] != "undetermined" for each in told["incidents"])


@pytest.mark.parametrize("story", STORIES)
def test_every_quote_of_a_sample_stands_where_it_says(story: str) -> None:
    assert api.verify(SAMPLES / f"{story}.json", [str(SAMPLES / "inputs" / story)])[1] == []


@pytest.mark.parametrize("story", SHOWN)
def test_the_readme_shows_pictures_of_two_stories(story: str) -> None:
    picture = (IMAGES / f"{story}.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20]) == WIDTH
    assert len(picture) < 300_000
    assert f"](docs/images/{story}.png)" in (ROOT / "README.md").read_text("utf-8")


def test_the_inputs_are_small() -> None:
    sizes = {path: path.stat().st_size for path in (SAMPLES / "inputs").rglob("*.*")}
    assert sizes
    assert not [path for path, size in sizes.items() if size > LARGEST]


def test_every_sample_belongs_to_a_story() -> None:
    known = {"README.md", "stories.toml", *(f"{story}.{form}" for story, form in REPORTS)}
    assert {path.name for path in SAMPLES.iterdir() if path.is_file()} <= known
    assert {path.name for path in (SAMPLES / "inputs").iterdir()} == set(STORIES)


def test_the_demo_tells_the_first_story() -> None:
    make = (ROOT / "Makefile").read_text("utf-8")
    assert "STORY := sample_reports/inputs/identity\n" in make
    recipe = make.replace("$(STORY)", "sample_reports/inputs/identity")
    assert f"$(BIN)/diagnose {STORIES['identity']['command']} " in recipe
