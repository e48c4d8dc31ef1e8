"""Advice: every cause has some, with its figures; patches are what their language says."""

from __future__ import annotations

import configparser
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from diagnose.advice import ADVISERS, advised
from diagnose.advice._case import Examined
from diagnose.advice._case import cases as cases_of
from diagnose.causes import catalogue
from diagnose.diagnosis import Advice, Diagnosis, Kernel, Patch
from diagnose.model import Source
from diagnose.oom import KernelIncident, KernelKill
from tests.advice.made import diagnosis_from, made, written
from tests.conftest import Golden, cases
from tests.sample import HOSTILE

PAGES = catalogue()


@pytest.mark.parametrize(("kind", "case"), cases("advice"))
def test_a_case_is_advised_as_it_was(kind: str, case: Path, golden: Golden) -> None:
    found = list(ADVISERS[kind].advise(diagnosis_from(case / "input.toml")))
    golden(case / "expected.txt", "\n".join(map(written, found)) or "nothing\n")


def test_every_kind_of_advice_has_a_case() -> None:
    assert {str(param.values[0]) for param in cases("advice")} == set(ADVISERS)


def example(cause: str, *, serially: bool = False) -> Diagnosis:
    """Make an incident of the words of the cause's own page."""
    page = PAGES[cause]
    text = next((each.text for each in page.examples if each.matches), "nothing is known")
    runs = [{"label": "serial", "failed": serially}, {"label": "n8", "workers": 8, "failed": True}]
    message = text.splitlines()[-1].removeprefix("E ").strip()
    return made(
        {
            "cause": cause,
            "verdict": page.verdict,
            "message": message,
            "text": text,
            "runs": runs,
        }
    )


@pytest.mark.parametrize("serially", [True, False], ids=["serially", "in parallel only"])
@pytest.mark.parametrize("cause", PAGES)
def test_every_cause_has_advice_of_its_own(cause: str, *, serially: bool) -> None:
    found = advised(example(cause, serially=serially))
    assert found.advice
    assert found.incidents[0].advice == tuple(each.id for each in found.advice)
    assert not [each.id for each in found.advice if each.id.startswith("page-")]
    for each in found.advice:
        assert all((each.title, each.why, each.effect, each.proof)), each.id
        assert not each.title.endswith("."), each.title


@pytest.mark.parametrize(
    "cause", [cause for cause, page in PAGES.items() if page.verdict != "resource_exhaustion"]
)
def test_nobody_is_told_to_run_fewer_workers_for_what_is_no_lack(cause: str) -> None:
    found = advised(example(cause, serially=True)).advice
    assert not [
        each.id for each in found if each.id.startswith(("workers", "serial", "split-jobs"))
    ]


def patches() -> Iterator[tuple[str, Patch]]:
    for cause in PAGES:
        for serially in (True, False):
            yield from named(cause, advised(example(cause, serially=serially)).advice)
    for param in cases("advice"):
        kind, case = param.values
        assert isinstance(case, Path)
        found = ADVISERS[str(kind)].advise(diagnosis_from(case / "input.toml"))
        yield from named(case.name, found)


def named(name: str, found: Iterator[Advice] | tuple[Advice, ...]) -> Iterator[tuple[str, Patch]]:
    for advice in found:
        for patch in advice.patches:
            yield f"{name}: {advice.id}, {patch.path}", patch


def parses(patch: Patch) -> None:
    """Read the patch as its language; yaml has a test of its own, sql and text no reader here."""
    if patch.language == "python":
        compile(patch.content, patch.path, "exec")
    elif patch.language == "toml":
        tomllib.loads(patch.content)
    elif patch.language == "ini":
        configparser.ConfigParser().read_string(patch.content)
    elif patch.language == "shell":
        subprocess.run(["bash", "-n"], input=patch.content, text=True, check=True)
    else:
        assert patch.language in ("sql", "text", "yaml")
        assert patch.content.strip()


def test_every_patch_is_what_its_language_says() -> None:
    seen = set()
    for name, patch in patches():
        if patch not in seen:
            seen.add(patch)
            try:
                parses(patch)
            except (SyntaxError, ValueError, configparser.Error, subprocess.SubprocessError):
                pytest.fail(f"{name}\n{patch.content}")
    assert len(seen) > len(PAGES)
    assert {patch.language for patch in seen} >= {"ini", "python", "shell", "yaml", "sql", "text"}


def test_a_patch_in_yaml_is_yaml() -> None:
    yaml = YAML(typ="safe")
    for name, patch in patches():
        if patch.language == "yaml":
            assert isinstance(yaml.load(patch.content), dict), name


def test_a_setting_goes_where_the_project_keeps_its_settings() -> None:
    said = {"cause": "db_connections", "verdict": "resource_exhaustion", "message": "too many"}
    for path, first in (("pyproject.toml", "[tool.pytest.ini_options]"), ("a b.toml", "[pytest]")):
        found = ADVISERS["workers"].advise(made({**said, "configfile": path}))
        patch = next(iter(found)).patches[0]
        assert patch.content.splitlines()[0] == first


@pytest.mark.parametrize("text", [HOSTILE, "\0", "'; rm -rf ~ #", "$(id)\n`id`", "x" * 100_000])
@pytest.mark.parametrize("cause", PAGES)
def test_hostile_words_neither_break_a_patch_nor_swell_it(cause: str, text: str) -> None:
    page = PAGES[cause]
    groups = {name for pattern in page.patterns for name in _groups(pattern.regex)}
    said = {"cause": cause, "verdict": page.verdict, "message": text, "text": text}
    found = advised(made({**said, "details": dict.fromkeys(groups, text)})).advice
    for advice in found:
        assert len(advice.why) < 3000
        assert len(advice.title) < 300
        for patch in advice.patches:
            parses(patch)
            assert "rm -rf" not in patch.content
            assert "$(id)" not in patch.content


def _groups(regex: str) -> list[str]:
    return [part.partition(">")[0] for part in regex.split("(?P<")[1:]]


def test_what_no_adviser_knows_gets_the_words_of_its_page() -> None:
    said = {"cause": "of_a_team", "verdict": "environment", "message": "no"}
    found = advised(made(said)).advice
    assert [each.id for each in found] == ["page-1"]
    assert found[0].why == "- Read the page."


PROJECT = """
import pathlib, time
import pytest

@pytest.mark.parametrize("number", [1, 2, 3])
def test_scope(number):
    with pathlib.Path(__file__).with_name("seen.txt").open("a") as seen:
        seen.write(f"{time.monotonic()} 1\\n")
        seen.flush()
        time.sleep(0.1)
        seen.write(f"{time.monotonic()} -1\\n")

@pytest.mark.parametrize("number", range(20))
def test_other(number):
    pass
"""


def test_the_conftest_runs_the_listed_tests_one_at_a_time(tmp_path: Path) -> None:
    said = {"cause": "db_connections", "verdict": "resource_exhaustion", "message": "too many"}
    (advice,) = ADVISERS["serial"].advise(made(said))
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_users.py").write_text(PROJECT, "utf-8")
    for patch in advice.patches:
        (tmp_path / patch.path).write_text(patch.content, "utf-8")
    words = ["-n", "3", "-p", "no:cacheprovider", "--strict-markers", "-W", "error"]
    assert "23 passed" in session(tmp_path, *words)
    seen = (tmp_path / "tests" / "seen.txt").read_text("utf-8").splitlines()
    moves = [int(step) for _, step in sorted(map(str.split, seen), key=lambda move: float(move[0]))]
    assert moves == [1, -1] * 3
    assert "20 passed in" in session(tmp_path, *words, "-m", "not serial_only")


def session(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "pytest", "-q", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_another_jobs_kill_in_the_same_log_limits_no_workers() -> None:
    said = tomllib.loads(
        (Path(__file__).parent / "workers" / "memory_binds" / "input.toml").read_text("utf-8")
    )
    alone = made(said)
    (own,) = (event for run in alone.runs for event in run.kernel)
    assert isinstance(own, KernelIncident)
    other = replace(own, id=7, limit_kb=own.limit_kb and own.limit_kb // 2)
    own = replace(own, id=8)
    run = replace(alone.runs[0], kernel=(other, own))
    kill = KernelKill(100, "python", Source("dmesg.txt", 9), "Killed", incident=8, run=run.label)
    both = replace(alone, runs=(run,), kernel=Kernel((kill,), (other, own)))
    advise = ADVISERS["workers"].advise
    assert [each.why for each in advise(both)] == [each.why for each in advise(alone)]


def test_failures_that_are_gone_through_once_are_those_of_each_cause() -> None:
    alone = example("db_connections")
    (whole,) = alone.incidents
    one, other = whole.tests[:1], whole.tests[1:]
    rest = replace(whole, id="assertion-1", cause="assertion", tests=other)
    told = replace(alone, incidents=(replace(whole, tests=one), rest))
    once = Examined.largest(told, 500)
    assert [len(case.failures) for case in once.cases] == [1, len(other)]
    for causes in ({"db_connections"}, {"assertion"}, {"unknown"}):
        assert cases_of(once, causes) == cases_of(told, causes)
    assert not cases_of(Examined.largest(told, 0), {"assertion", "db_connections"})
