"""The recorder, inside a pytest that has no idea of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import lab
from lab.truth import endings

SUITE = """
import os, pytest

def test_good(): pass

def test_wrong():
    try:
        open("/nowhere/at/all")
    except OSError as error:
        raise RuntimeError("no settings") from error

@pytest.fixture
def broken(): raise KeyError("port")

def test_fixture(broken): pass

@pytest.mark.xfail
def test_expected(): assert False

@pytest.mark.skip
def test_skipped(): pass

def test_dies(): os._exit(9)
"""
RECORDER = Path(lab.__file__).parent / "recorder"


@pytest.mark.parametrize("words", [[], ["-n", "2"]], ids=["serial", "workers"])
def test_the_recorder_sees_what_each_test_met(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE, "utf-8")
    (tmp_path / "test_torn.py").write_text("import not_a_module\n", "utf-8")
    notes = tmp_path / "notes"
    notes.mkdir()
    own = {"PYTEST_PLUGINS": "ci_recorder", "LAB_NOTES": str(notes), "PYTHONPATH": str(RECORDER)}
    more = ["-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", *words]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *more],
        cwd=tmp_path,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    seen = endings(notes)
    assert {test.partition("::")[2]: ended["state"] for test, ended in seen.items()} == {
        "": "error",
        "test_good": "passed",
        "test_wrong": "failed",
        "test_fixture": "error",
        "test_expected": "skipped",
        "test_skipped": "skipped",
        "test_dies": "died",
    }, done.stdout
    met = seen["test_suite.py::test_wrong"]["chain"]
    assert [error["type"] for error in met] == [
        "builtins.RuntimeError",
        "builtins.FileNotFoundError",
    ]
    assert met[1]["errno"] == 2
    assert seen["test_torn.py"]["chain"][-1]["type"] == "builtins.ModuleNotFoundError"
