"""A team's own cause pages, as its settings name them: judged by, explained, refused if broken."""

import json
from pathlib import Path

import pytest

from diagnose import DiagnoseError, api
from tests.cli.test_cli import diagnose
from tests.cli.test_pages_and_quotes import PAGE

KETTLE = (
    '<testsuite name="pytest" tests="1" time="1"><testcase classname="tests.test_tea" '
    'name="test_cup" time="0.5"><failure message="KettleError: the tea is cold">'
    "E   KettleError: the tea is cold</failure></testcase></testsuite>"
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "run.xml").write_text(KETTLE)
    (tmp_path / "ci" / "causes").mkdir(parents=True)
    (tmp_path / "ci" / "causes" / "cold_tea.md").write_text(PAGE)
    (tmp_path / "pyproject.toml").write_text('[tool.diagnose]\ncauses = ["ci/causes"]\n')
    return tmp_path


def test_their_cause_is_named_and_its_page_stands_in_the_report(here: Path) -> None:
    done = diagnose("analyze", "run.xml", "-o", "r.json", "-o", "r.html", cwd=here)
    assert done.returncode == 0, done.stderr
    (incident,) = json.loads((here / "r.json").read_text())["incidents"]
    assert (incident["verdict"], incident["cause"]) == ("environment", "cold_tea")
    assert incident["headline"].startswith("1 test failed: the tea was cold")
    assert "Nobody had put the kettle on." in (here / "r.html").read_text()
    assert "Put the kettle on" in done.stdout, "what the page says to do is the advice"


def test_a_saved_report_is_rendered_with_their_page(here: Path) -> None:
    diagnose("analyze", "run.xml", "-q", "-o", "r.json", cwd=here)
    done = diagnose("render", "r.json", "-o", "r.html", cwd=here)
    assert done.returncode == 0, done.stderr
    assert "Nobody had put the kettle on." in (here / "r.html").read_text()


def test_without_their_page_nobody_knows_the_cause(here: Path) -> None:
    (here / "pyproject.toml").unlink()
    diagnose("analyze", "run.xml", "-q", "-o", "r.json", cwd=here)
    (incident,) = json.loads((here / "r.json").read_text())["incidents"]
    assert incident["cause"] != "cold_tea"


def test_their_page_is_explained_and_listed(here: Path) -> None:
    assert diagnose("explain", "cold_tea", "--source", cwd=here).stdout == PAGE
    index = diagnose("explain", cwd=here).stdout
    assert "  cold_tea             The tea was cold (your page)\n" in index
    assert "  starved_response     The answer did not come in time\n" in index


def test_a_page_of_the_same_name_replaces_ours(here: Path) -> None:
    (here / "ci" / "causes" / "network_dns.md").write_text(PAGE.replace("cold_tea.", "dns_tea."))
    assert diagnose("explain", "network_dns", cwd=here).stdout.startswith("# The tea was cold")


def test_the_folder_is_sought_beside_the_settings(here: Path) -> None:
    (here / "elsewhere").mkdir()
    options = ("--source", "--config", "../pyproject.toml")
    done = diagnose("explain", "cold_tea", *options, cwd=here / "elsewhere")
    assert done.stdout == PAGE


RULE = PAGE.partition("```toml\n")[2].partition("```")[0]
BROKEN = {
    "no toml": PAGE.replace(RULE, "verdict = [\n"),
    "no verdict": PAGE.replace('"environment"', '"gremlins"'),
    "a number": PAGE.replace('"KettleError: the tea is cold"\ns', "5\ns"),
    "a table": PAGE.replace("[[pattern]]", "[pattern]"),
    "literals": PAGE.replace('strength = "decisive"', 'strength = "decisive"\nliterals = [1]'),
    "no expression": PAGE.replace('"KettleError: the tea is cold"\ns', '"("\ns'),
    "deep": PAGE.replace('"KettleError: the tea is cold"\ns', f'"{"(" * 1900}"\ns'),
    "huge": PAGE.replace('"KettleError: the tea is cold"\ns', f'"{"a" * 9000}"\ns'),
    "many": PAGE.replace('"KettleError: the tea is cold"\ns', '"a{99999999999}"\ns'),
    "endless": PAGE.replace('"KettleError: the tea is cold"\ns', '"(a+)+b"\ns'),
    "wild": PAGE.replace('"KettleError: the tea is cold"\ns', '"x.*.*.*=.*y"\ns'),
    "matches all": PAGE.replace('"KettleError: the tea is cold"\ns', '".*"\ns'),
    "no counter-example": PAGE.partition("## Does not match")[0],
    "an id of ours": PAGE.replace("cold_tea.kettle", "starved_response.httpx"),
    "large": PAGE + " " * (1 << 20),
    "no UTF-8": PAGE + "\udcff",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_page_is_the_users_mistake(here: Path, what: str) -> None:
    page = here / "ci" / "causes" / "cold_tea.md"
    page.write_bytes(BROKEN[what].encode("utf-8", "surrogateescape"))
    with pytest.raises(DiagnoseError, match=r"cold_tea\.md: ") as refused:
        api.explain("cold_tea", [page.parent])
    assert refused.value.hint


def test_a_broken_page_is_told_in_two_lines(here: Path) -> None:
    (here / "ci" / "causes" / "cold_tea.md").write_text(BROKEN["endless"])
    done = diagnose("analyze", "run.xml", cwd=here)
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first.startswith("diagnose: ci/causes/cold_tea.md: pattern 'cold_tea.kettle', regex: ")
    assert second.startswith("hint: ")


@pytest.mark.parametrize("value", ['["no/such/folder"]', '"ci/causes"', "[1]", '["run.xml"]'])
def test_a_folder_that_is_none_is_the_users_mistake(here: Path, value: str) -> None:
    (here / "pyproject.toml").write_text(f"[tool.diagnose]\ncauses = {value}\n")
    done = diagnose("analyze", "run.xml", cwd=here)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)


def test_a_badly_named_page_is_refused(here: Path) -> None:
    (here / "ci" / "causes" / "cold_tea.md").rename(here / "ci" / "causes" / "<b>Tea.md")
    done = diagnose("analyze", "run.xml", cwd=here)
    assert done.returncode == 2
    assert "named after its cause" in done.stderr


def test_a_page_can_put_no_script_into_the_report(here: Path) -> None:
    evil = PAGE.replace("Nobody had put", "<script>alert(1)</script> Nobody had put")
    (here / "ci" / "causes" / "cold_tea.md").write_text(evil)
    diagnose("analyze", "run.xml", "-q", "-o", "r.html", cwd=here)
    html = (here / "r.html").read_text()
    assert "Nobody had put" in html
    assert "<script>alert(1)" not in html


def test_who_writes_a_page_wrongly_is_shown_one_that_is_right(here: Path) -> None:
    (here / "ci" / "causes" / "cold_tea.md").write_text("Cold tea\n")
    done = diagnose("explain", "cold_tea", cwd=here)
    command = done.stderr.partition("hint: for the form: diagnose ")[2].split()
    (here / "pyproject.toml").unlink()
    assert diagnose(*command, cwd=here).stdout.startswith("# ")
