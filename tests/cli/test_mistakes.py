"""Mistakes that would pass in silence: a format, a file, a log in the wrong place."""

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import GREEN, RED, diagnose


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "red.xml").write_text(RED)
    return tmp_path


@pytest.mark.parametrize("more", [(), ("-q",), ("-o", "r.json")])
def test_a_format_that_there_is_not_is_missed_before_the_work(
    here: Path, more: tuple[str, ...]
) -> None:
    done = diagnose("analyze", "red.xml", "--format", "pdf", *more, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("diagnose: no report format 'pdf'\nhint: one of: ")
    assert not (here / "r.json").exists()


def test_a_report_may_be_written_again_though_an_input_has_its_name_within(here: Path) -> None:
    (here / "first-r.json").write_text(RED)
    for _ in range(2):
        assert diagnose("analyze", "first-r.json", "-q", "-o", "r.json", cwd=here).returncode == 0


@pytest.mark.parametrize(
    "words", [("a=in.json@4",), ("--kernel", "in.json"), ("./in.json,red.xml",)]
)
def test_an_input_is_never_written_over(here: Path, words: tuple[str, ...]) -> None:
    (here / "in.json").write_text(RED)
    done = diagnose("analyze", *words, "-q", "-o", "in.json", cwd=here)
    assert done.returncode == 2
    assert done.stderr.startswith("diagnose: in.json: is also an input\n")
    assert (here / "in.json").read_text() == RED


@pytest.mark.parametrize("option", ["--kernel", "--service"])
def test_tests_that_were_given_as_a_log_are_named(here: Path, option: str) -> None:
    (here / "green.xml").write_text(GREEN)
    done = diagnose("analyze", "green.xml", option, "red.xml", "--format", "json", cwd=here)
    message = "holds tests that are not counted; name it as a RUN"
    assert {"path": "red.xml", "line": 0, "message": message} in json.loads(done.stdout)["problems"]
    assert diagnose("analyze", "green.xml", option, "red.xml", "--strict", cwd=here).returncode == 2


@pytest.mark.parametrize(
    ("setting", "why", "hint"),
    [
        ("title = 3", "title is not a text", 'title = "nightly"'),
        ('fail_on = "service_fault"', "fail_on is not a list of texts", 'fail_on = ["...", "..."]'),
    ],
)
def test_a_setting_of_the_wrong_kind_is_told_in_words(
    here: Path, setting: str, why: str, hint: str
) -> None:
    (here / "diagnose.toml").write_text(setting)
    done = diagnose("analyze", "red.xml", cwd=here)
    assert done.returncode == 2
    assert done.stderr == f"diagnose: diagnose.toml: {why}\nhint: {hint}\n"


def test_a_saved_report_that_is_not_there_is_told_how_to_make(here: Path) -> None:
    done = diagnose("render", "gone.json", cwd=here)
    assert done.returncode == 2
    assert done.stderr.endswith(
        "hint: a report is what `diagnose analyze RUN -o report.json` writes\n"
    )


def test_a_saved_report_is_no_run_and_is_told_from_what_nobody_knows(here: Path) -> None:
    diagnose("analyze", "red.xml", "-q", "-o", "r.json", cwd=here)
    done = diagnose("analyze", "r.json", cwd=here)
    assert done.returncode == 2
    assert done.stderr.startswith("diagnose: r.json: is a saved report: `diagnose render` takes it")


def test_doctor_offers_no_option_that_it_would_refuse(here: Path) -> None:
    done = diagnose("doctor", "red.xml", "-o", "r.json", cwd=here)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "diagnose: No such option: -o")
    said = diagnose("doctor", "--help", cwd=here).stdout
    assert not {"--format", "--fail-on", "--output", "--title"} & set(said.split())
    assert {"--kernel", "--service", "--jobs", "--config"} <= set(said.split())
    assert diagnose("doctor", "red.xml", "--jobs", "1", cwd=here).stdout.startswith("NOT COLLECTED")
