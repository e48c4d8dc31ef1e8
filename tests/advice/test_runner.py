"""Whether the commands of the advice can be run where the tests were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnose.advice import advised
from diagnose.diagnosis import Advice, Diagnosis
from diagnose.model import Session, Source
from tests.advice.made import made

SERIAL = [{"label": "report", "failed": True}]
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
