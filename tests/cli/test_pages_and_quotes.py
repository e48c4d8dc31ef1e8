"""Cause pages and quotes, as a user meets them: explain, causes check, verify."""

from pathlib import Path

import pytest

from tests.cli.test_cli import RED, diagnose


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "parallel.xml").write_text(RED)
    return tmp_path


def test_a_cause_is_explained_and_the_index_names_all(here: Path) -> None:
    assert diagnose("explain", "oom_kill", cwd=here).stdout.startswith("# ")
    assert "[[pattern]]" in diagnose("explain", "oom_kill", "--source", cwd=here).stdout
    index = diagnose("explain", cwd=here).stdout
    assert "\n  starved_response     The answer did not come in time\n" in index
    assert max(map(len, index.splitlines())) <= 80
    assert diagnose("explain", "gremlins", cwd=here).returncode == 2


def test_half_a_name_gets_the_whole_one_as_a_hint(here: Path) -> None:
    assert diagnose("explain", "oom", cwd=here).stderr.endswith("hint: perhaps oom_kill\n")


def test_quotes_are_looked_up_and_a_forged_one_is_found(here: Path) -> None:
    diagnose("analyze", "parallel.xml", "-q", "-o", "r.json", cwd=here)
    done = diagnose("verify", "r.json", cwd=here)
    assert (done.returncode, done.stdout) == (0, "1 of 1 quotes stand where the report says\n")
    report = (here / "r.json").read_text()
    (here / "r.json").write_text(report.replace("assert 500 == 200", "assert 200 == 500"))
    done = diagnose("verify", "r.json", cwd=here)
    assert done.returncode == 1
    assert done.stdout.startswith("not there: parallel.xml:1: ")


def test_inputs_that_moved_are_found_where_the_user_says(here: Path) -> None:
    diagnose("analyze", "parallel.xml", "-q", "-o", "r.json", cwd=here)
    (here / "old").mkdir()
    (here / "parallel.xml").rename(here / "old" / "parallel.xml")
    assert diagnose("verify", "r.json", cwd=here).returncode == 1
    assert diagnose("verify", "r.json", "old", cwd=here).returncode == 0


@pytest.mark.parametrize("text", ["{}", "[1]", "not json", '{"schema": "diagnose/2"}'])
def test_what_is_no_report_is_refused(here: Path, text: str) -> None:
    (here / "r.json").write_text(text)
    done = diagnose("verify", "r.json", cwd=here)
    assert done.returncode == 2
    assert done.stderr.startswith("diagnose: r.json: not ")


PAGE = """# The tea was cold

```toml
verdict = "environment"

[[pattern]]
id = "cold_tea.kettle"
regex = "KettleError: the tea is cold"
strength = "decisive"
```

Nobody had put the kettle on.

## What to do

- Put the kettle on.

## Matches

```failure
E   KettleError: the tea is cold
```

## Does not match

```failure
E   assert 1 == 2
```
"""


def test_the_examples_of_a_teams_own_pages_are_run(here: Path) -> None:
    (here / "causes").mkdir()
    (here / "causes" / "cold_tea.md").write_text(PAGE)
    done = diagnose("causes", "check", "causes", cwd=here)
    assert (done.returncode, done.stdout) == (0, "2 of 2 examples do what their page says\n")
    wrong = PAGE.replace("assert 1 == 2", "KettleError: the tea is cold")
    (here / "causes" / "cold_tea.md").write_text(wrong)
    done = diagnose("causes", "check", "causes", cwd=here)
    assert done.returncode == 2
    assert "cold_tea.md:26: must not match; is cold_tea" in done.stdout


def test_a_folder_without_a_page_is_a_mistake(here: Path) -> None:
    done = diagnose("causes", "check", ".", cwd=here)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "diagnose: .: no page in it")


def test_a_path_of_a_forged_report_does_not_steer_the_terminal(here: Path) -> None:
    diagnose("analyze", "parallel.xml", "-q", "-o", "r.json", cwd=here)
    report = (here / "r.json").read_text().replace("parallel.xml", "\\u001b[2Jgone.xml")
    (here / "r.json").write_text(report)
    done = diagnose("verify", "r.json", cwd=here)
    assert done.returncode == 1
    assert "gone.xml" in done.stdout
    assert "\x1b" not in done.stdout
