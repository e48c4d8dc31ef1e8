"""Whether the commands of the advice can be run where the tests were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import diagnose
from diagnose.advice import advised
from diagnose.diagnosis import Advice, Diagnosis
from diagnose.model import Session, Source
from tests.advice.made import made

SERIAL = [{"label": "report", "failed": True}]
ALONE = """<testsuite name="{}"><testcase classname="{}" name="test_discount"><failure
message="AssertionError: assert 26 == 27">E   AssertionError: assert 26 == 27</failure></testcase>
</testsuite>"""
BOTH = [{"label": "serial", "failed": True}, {"label": "n8", "workers": 8, "failed": True}]


def told(runs: list[dict[str, object]], **known: object) -> Diagnosis:
    said = {"cause": "assertion", "verdict": "service_fault", "message": "assert 26 == 27"}
    diagnosis = made({**said, "runs": runs})
    session = Session(Source("report.xml", 1), **known)  # type: ignore[arg-type]  # as cases name it
    return replace(
        diagnosis, runs=tuple(replace(run, sessions=(session,)) for run in diagnosis.runs)
    )


def commands(found: tuple[Advice, ...]) -> str:
    return "\n".join(
        text for each in found for text in (each.proof, *(p.content for p in each.patches))
    )


def why(diagnosis: Diagnosis) -> str:
    return "\n".join(each.why for each in advised(diagnosis).advice)


def test_no_option_of_xdist_is_given_where_nothing_shows_it() -> None:
    said = commands(advised(told(SERIAL, runner="pytest")).advice)
    assert "pytest 'tests/" in said
    assert "git bisect run pytest -x " in said
    assert "-n 0" not in said


@pytest.mark.parametrize(
    ("runs", "details"), [(BOTH, {}), (SERIAL, {"plugins": "timeout-2.4.0, xdist-3.8.0"})]
)
def test_where_xdist_is_there_a_serial_run_says_so(
    runs: list[dict[str, object]], details: dict[str, str]
) -> None:
    said = commands(advised(told(runs, runner="pytest", details=details)).advice)
    assert "pytest -n 0 'tests/" in said


def test_where_another_runner_ran_commands_are_marked_as_not_its_own() -> None:
    diagnosis = told(SERIAL)
    (incident,) = diagnosis.incidents
    java = tuple(replace(test, id="shop.CartTest::discount") for test in incident.tests)
    foreign = replace(diagnosis, incidents=(replace(incident, tests=java),))
    (advice,) = advised(foreign).advice
    assert advice.proof.endswith("shop.CartTest::discount  # your test runner in place of pytest")
    assert advice.patches[0].content.startswith("# your test runner in place of pytest\ngit ")
    assert "your test runner" not in commands(advised(diagnosis).advice)


@pytest.mark.parametrize(
    ("suite", "classname", "command"),
    [
        ("pytest", "tests.test_cart", "pytest tests/test_cart.py::test_discount"),
        (
            "cart",
            "shop.CartTest",
            "pytest shop.CartTest::test_discount  # your test runner in place of pytest",
        ),
    ],
)
def test_a_failure_that_is_not_understood_names_a_next_run_that_can_be_made(
    tmp_path: Path, suite: str, classname: str, command: str
) -> None:
    report = tmp_path / "report.xml"
    report.write_text(ALONE.format(suite, classname), "utf-8")
    (incident,) = diagnose.examine([report]).incidents
    assert incident.wording == "undetermined"
    assert incident.next_run
    assert incident.next_run.command.startswith(command)
    assert "fails even alone" in incident.next_run.why


def test_a_verdict_upon_serial_runs_alone_needs_no_next_one(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    said = ALONE.format("pytest", "tests.test_cart").replace(
        "assert 26 == 27", "[Errno 28] No space left"
    )
    report.write_text(said.replace("AssertionError", "OSError"), "utf-8")
    (incident,) = diagnose.examine([report]).incidents
    assert incident.wording == "verdict"
    assert incident.next_run is None


def test_only_with_so_many_workers_is_said_where_fewer_were_tried() -> None:
    parallel = [{"label": "n8", "workers": 8, "failed": True}]
    serial: dict[str, object] = {"label": "serial"}
    assert "With 8 workers, and there is no run with fewer." in why(told(parallel))
    assert "Only with 8 workers." in why(told([serial, *parallel]))


GO = """<testsuite name="example.com/shop/cart"><testcase classname="example.com/shop/cart"
name="TestTotal"><failure message="Failed" type="">=== RUN   TestTotal
    cart_test.go:14: total = 12, want 13
--- FAIL: TestTotal (0.00s)
</failure></testcase></testsuite>"""


def test_what_is_not_decided_is_told_as_a_guess(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    said = ALONE.format("pytest", "tests.test_cart")
    report.write_text(said.replace("AssertionError: assert 26 == 27", "KeyError: 'price'"), "utf-8")
    diagnosis = diagnose.examine([report])
    (incident,) = diagnosis.incidents
    assert incident.wording == "undetermined"
    assert incident.headline.startswith("1 test failed: perhaps ")
    guess = f"Supposing it is `{incident.cause}` ({incident.confidence:.0%}): "
    assert [each.why.startswith(guess) for each in diagnosis.advice] == [True]


def test_what_is_decided_is_told_without_a_perhaps(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    said = ALONE.format("pytest", "tests.test_cart").replace(
        "AssertionError: assert 26 == 27", "OSError: [Errno 28] No space left on device"
    )
    report.write_text(said, "utf-8")
    diagnosis = diagnose.examine([report])
    assert diagnosis.incidents[0].headline.startswith("1 test failed: the disk is full")
    assert all("Supposing" not in each.why for each in diagnosis.advice)


def test_a_report_that_says_only_failed_is_told_by_the_line_that_says_more(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(GO, "utf-8")
    diagnosis = diagnose.examine([report])
    assert "(cart_test.go:14: total = 12, want 13)" in diagnosis.incidents[0].headline
    assert "cart_test.go:14: total = 12, want 13" in diagnosis.advice[0].why


def test_a_script_has_no_option_of_xdist_where_nothing_shows_it() -> None:
    diagnosis = told(SERIAL, runner="pytest")
    (incident,) = diagnosis.incidents
    shared = replace(incident, cause="shared_state", verdict="test_isolation")
    said = commands(advised(replace(diagnosis, incidents=(shared,))).advice)
    assert "pytest --collect-only -q" in said
    assert "-n 0" not in said


def test_one_test_is_told_in_the_singular() -> None:
    diagnosis = told(SERIAL)
    (incident,) = diagnosis.incidents
    one = replace(
        incident, cause="shared_state", verdict="test_isolation", tests=incident.tests[:1]
    )
    (advice, *_) = advised(replace(diagnosis, incidents=(one,))).advice
    assert "1 test depends on what ran before or beside it" in advice.why


def test_a_killed_program_that_a_test_ran_asks_for_the_kernel_log(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    said = "subprocess.CalledProcessError: Command 'index' returned non-zero exit status 137."
    ran = ALONE.format("pytest", "tests.test_cart").replace("AssertionError: assert 26 == 27", said)
    report.write_text(ran, "utf-8")
    (incident,) = diagnose.examine([report]).incidents
    assert incident.cause == "oom_kill"
    assert incident.wording == "undetermined"
    assert "a kernel log (dmesg) would confirm or rule out a kill for memory" in incident.missing


def test_another_runner_gets_no_file_that_only_pytest_reads(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    said = ALONE.replace("AssertionError: assert 26 == 27", "SQLSTATE 53300: too many clients")
    for suite, classname, paths in (
        ("pytest", "tests.test_cart", {"conftest.py"}),
        ("cart", "shop.CartTest", set()),
    ):
        report.write_text(said.format(suite, classname), "utf-8")
        diagnosis = diagnose.examine([report])
        assert diagnosis.incidents[0].cause == "db_connections"
        found = {patch.path for each in diagnosis.advice for patch in each.patches}
        assert found & {"conftest.py", "pytest.ini"} == paths
