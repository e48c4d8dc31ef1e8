"""What is not needed is not loaded: a command's first word must not wait for a library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pandas", "plotly", "pydantic"}
IMPORT = "import diagnose"
COMMAND = "from diagnose.cli import main; main()"
REPORT = """<testsuite tests="2"><testcase classname="tests.test_a" name="test_one" time="0.1"/>
<testcase classname="tests.test_a" name="test_two" time="0.2"><failure message="assert 1 == 2">
E   assert 1 == 2</failure></testcase></testsuite>"""
LOADED = """
import sys
try:
    exec(sys.argv.pop(1))
except SystemExit as end:
    assert not end.code, end.code
finally:
    print(*sys.modules, sep='\\n', file=sys.stderr)
"""


def loaded(code: str, *words: str) -> set[str]:
    """Run code in a fresh process and return the modules that it loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, code, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.split())


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "small.xml"
    path.write_text(REPORT, "utf-8")
    return str(path)


def test_the_package_itself_loads_no_library() -> None:
    assert not loaded(IMPORT) & {*HEAVY, "typer", "jinja2", "junitparser", "rich"}


def test_help_loads_only_what_prints_it() -> None:
    assert not loaded(COMMAND, "--help") & {*HEAVY, "jinja2", "junitparser", "rich"}


def test_a_report_is_read_and_printed_without_the_heavy_libraries(report: str) -> None:
    assert not loaded(COMMAND, "analyze", report) & HEAVY


def test_what_opens_sockets_is_loaded_to_send_only(report: str) -> None:
    assert not loaded(COMMAND, "analyze", report) & {"ssl", "http.client"}
    assert "ssl" in loaded("import diagnose.publishers._post")


def test_a_library_that_is_loaded_is_noticed() -> None:
    assert "junitparser" in loaded("import junitparser")
