"""A test that runs pytest itself prints a session within the session: that is not the run's own."""

import pytest

from diagnose.model import Input, Run
from diagnose.readers import junit, pytest_log
from diagnose.readers._file import File
from diagnose.runs import Reading, RunSpec, assemble

READERS = {"pytest_log": pytest_log, "junit": junit}
CASE = '<testcase classname="tests.test_grader" name="{}" time="0.1">{}</testcase>'
BAD = '<failure message="assert 3 == 4">E   assert 3 == 4</failure>'


def rule(title: str, char: str = "=") -> str:
    return f" {title} ".center(80, char) + "\n"


def header(root: str, collected: int) -> str:
    head = rule("test session starts") + "platform linux -- Python 3.12.4, pytest-8.3.2\n"
    return f"{head}rootdir: {root}\ncollected {collected} items\n\n"


def inner(end: str = "1 failed in 0.10s") -> str:
    """Write what a pupil's session says; one that was killed says no end."""
    failed = (
        "test_sum.py F [100%]\n\n"
        + rule("FAILURES")
        + rule("test_sum", "_")
        + "E   MemoryError: too much\n\ntest_sum.py:1: MemoryError\n"
        + rule("short test summary info")
        + "FAILED test_sum.py::test_sum - MemoryError: too much\n"
    )
    return header("/tmp/pupil", 1) + (failed + rule(end) if end else "test_sum.py \n")


def outer(*printed: str, failures: str = "", end: str = "3 passed in 1.20s") -> str:
    """Write the session of a grader, which shows what its tests printed."""
    shown = rule("test_a", "_") + rule("Captured stdout call", "-") + "".join(printed)
    return header("/ci/grader", 3) + failures + rule("PASSES") + shown + rule(end)


def report(*names: str, failed: str = "") -> str:
    cases = "".join(CASE.format(name, BAD if name == failed else "") for name in names)
    return f'<testsuites><testsuite name="pytest" tests="3">{cases}</testsuite></testsuites>'


def run_of(**texts: str) -> Run:
    readings = []
    for kind, text in texts.items():
        file = File.of(text.encode())
        readings.append(Reading.of(Input(file.path, kind, 1), READERS[kind].read(file)))
    return assemble(RunSpec(("x",), "serial"), readings)


def failed(run: Run) -> list[str]:
    return [result.id or result.key for result in run.results if result.failed]


@pytest.mark.parametrize("last", [inner(), inner(end="")], ids=["that ended", "that was killed"])
@pytest.mark.parametrize("junit", [report("test_a", "test_b", "test_c"), ""])
def test_a_green_run_is_green_whatever_its_tests_ran(last: str, junit: str) -> None:
    texts = {"pytest_log": outer(inner(), last), **({"junit": junit} if junit else {})}
    run = run_of(**texts)
    assert failed(run) == []
    assert run.complete
    assert run.not_run == 0


def test_what_really_failed_stays() -> None:
    said = rule("FAILURES") + rule("test_b", "_") + "E   assert 3 == 4\n"
    log = outer(inner(), failures=said, end="1 failed, 2 passed in 1.20s")
    run = run_of(junit=report("test_a", "test_b", "test_c", failed="test_b"), pytest_log=log)
    assert failed(run) == ["tests/test_grader.py::test_b"]
    assert run.counts["tests"] == 3


def test_without_a_report_nobody_can_say_which_failure_is_whose() -> None:
    run = run_of(pytest_log=outer(inner(), end="1 failed, 2 passed in 1.20s"))
    assert "test_sum.py::test_sum" in failed(run)


def test_a_torn_report_does_not_say_which_tests_there_were() -> None:
    torn = report("test_a").removesuffix("</testsuite></testsuites>")
    run = run_of(junit=torn, pytest_log=outer(inner(), end="1 failed, 2 passed in 1.20s"))
    assert "test_sum.py::test_sum" in failed(run)


def test_a_session_after_one_that_died_is_not_within_it() -> None:
    run = run_of(junit=report("test_a"), pytest_log=header("/ci/shop", 5) + inner())
    assert failed(run) == ["test_sum.py::test_sum"]
    assert not run.complete
