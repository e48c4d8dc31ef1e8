"""How CI and shells tell of the end of a process."""

import pytest

from diagnose.model import Event
from diagnose.readers import _pytest_ci as ci
from diagnose.readers._lines import Line


def events(text: str) -> list[Event]:
    return list(ci.events(Line(7, text, 12.5), "log"))


@pytest.mark.parametrize(
    ("text", "by", "code"),
    [
        ("##[error]Process completed with exit code 137.", "github", "137"),
        ("##[error]Bash exited with code '1'.", "azure", "1"),
        ('The command "make test" exited with 2.', "travis", "2"),
        ('The command "pip install ." failed and exited with 1 during .', "travis", "1"),
        ("Exited with code exit status 137", "circleci", "137"),
        ("Exited with code 1", "circleci", "1"),
        ("ERROR: Job failed: exit code 1", "gitlab", "1"),
        ("ERROR: Job failed: command terminated with exit code 137", "gitlab", "137"),
        ("ERROR: script returned exit code 143", "jenkins", "143"),
        ("make[1]: *** [Makefile:4: test] Error 137", "make", "137"),
        ("npm ERR! errno 137", "npm", "137"),
        ("error Command failed with exit code 1.", "yarn", "1"),
        ("ERROR: InvocationError for command /v/pytest (exited with code -9)", "tox", "-9"),
        ("py311: exit 137 (12.34 seconds) /src> pytest tests", "tox", "137"),
        ("tests_1  | exited with code 137", "docker", "137"),
    ],
)
def test_an_exit_code_is_read_in_the_words_of_its_wrapper(text: str, by: str, code: str) -> None:
    (event,) = events(text)
    assert (event.kind, event.details["by"], event.details["code"]) == ("exit_code", by, code)
    assert (event.source.line, event.time) == (7, 12.5)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "tests/test_a.py .bash: line 1: 16171 Killed                  pytest -q",
            {"pid": "16171", "command": "pytest -q", "signal": "Killed"},
        ),
        (
            "/home/ci/a.sh: line 12:  2930 Segmentation fault      (core dumped) pytest --cov=.",
            {"pid": "2930", "command": "pytest --cov=.", "signal": "Segmentation fault"},
        ),
        ("zsh: killed     pytest -n 8", {"command": "pytest -n 8", "signal": "killed"}),
        ("make: *** [test] Killed", {"command": "test", "signal": "Killed"}),
        ("Killed", {"signal": "Killed"}),
        ('Received "killed" signal', {"signal": "killed"}),
    ],
)
def test_a_shell_tells_which_process_was_killed(text: str, details: dict[str, str]) -> None:
    (event,) = events(text)
    assert (event.kind, event.details) == ("killed", details)
    assert event.text in text


@pytest.mark.parametrize(
    "text",
    [
        "##[error]The runner has received a shutdown signal. This can happen when",
        "##[error]The operation was canceled.",
        "No output has been received in the last 10m0s, this potentially indicates",
        "ERROR: Job failed: execution took longer than 1h0m0s seconds",
        "Cannot contact node-7: hudson.remoting.RequestAbortedException",
    ],
)
def test_a_runner_that_went_away_is_told(text: str) -> None:
    (event,) = events(text)
    assert event.kind == "runner_lost"


@pytest.mark.parametrize(
    "text",
    [
        "Killed process 14492 (python3) total-vm:512345kB",
        "the boss Killed the process",
        "Existing 137 0 137",
        "exit code 137 alone means little",
        "the command exited with 1 and all was well",
        "java -XX:+ExitOnOutOfMemoryError",
    ],
)
def test_a_word_alone_says_nothing(text: str) -> None:
    assert not events(text)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("##[group]Run python -m pytest -n 8", "python -m pytest -n 8"),
        ("$ pytest tests/unit", "pytest tests/unit"),
        ("+ coverage run -m pytest", "coverage run -m pytest"),
        ("Collecting pytest", ""),
        ("the pytest log is long", ""),
    ],
)
def test_the_command_is_what_ci_echoes(text: str, command: str) -> None:
    assert ci.command(text) == command
