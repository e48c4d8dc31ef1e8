"""What the exit code says, and what a file's name says of its format."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_cli import diagnose
from tests.cli.test_cli import here as here  # a fixture


def test_a_format_without_a_suffix_of_its_own_is_named_before_it(here: Path) -> None:
    words = ("-o", "r.codequality.json", "-o", "r.github.txt", "-o", "r.html.txt")
    assert diagnose("analyze", "parallel.xml", "-q", *words, cwd=here).returncode == 0
    (entry,) = json.loads((here / "r.codequality.json").read_text())
    assert entry["severity"] == "critical"
    assert (here / "r.github.txt").read_text().startswith("::notice ")
    assert (here / "r.html.txt").read_text().startswith("1 failed test, 1 cause: ")


def test_a_build_fails_while_a_test_still_does(here: Path) -> None:
    words = ("--fail-on", "unresolved")
    assert diagnose("analyze", "parallel.xml", *words, cwd=here).returncode == 1
    assert diagnose("analyze", "serial.xml", *words, cwd=here).returncode == 0
    assert diagnose("compare", "parallel.xml", "serial.xml", *words, cwd=here).returncode == 0


def test_never_overrules_the_settings(here: Path) -> None:
    (here / "diagnose.toml").write_text("fail_on = ['service_fault']\n")
    assert diagnose("analyze", "parallel.xml", cwd=here).returncode == 1
    assert diagnose("analyze", "parallel.xml", "--fail-on", "never", cwd=here).returncode == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("analyze", "parallel.xml", "--format", "html", "--fail-on", "unresolved"), 1),
        (("analyze", "parallel.xml", "--format", "html", "--fail-on", "never"), 0),
        (("schema",), 0),
    ],
)
def test_a_reader_that_has_enough_changes_no_exit_code(
    here: Path, words: tuple[str, ...], code: int
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "diagnose", *words],
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
            cwd=here,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (code, b"")
