"""Thousands of incidents: none borrows another's words, and advice stays readable."""

from __future__ import annotations

from pathlib import Path

import pytest

import diagnose
from diagnose.advice import MOST
from diagnose.diagnosis import Diagnosis

FAILED = """<testcase classname="tests.test_m{n}" name="test_loads"><failure message="KeyError: \
{n}">tests/test_m{n}.py:9: in test_loads
    load({n})
E   KeyError: {n}
tests/test_m{n}.py:9: KeyError</failure></testcase>
"""
COUNT = MOST + 30


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Diagnosis:
    path = tmp_path_factory.mktemp("many") / "report.xml"
    cases = "".join(FAILED.format(n=n) for n in range(COUNT))
    path.write_text(f"<testsuite>\n{cases}</testsuite>", "utf-8")
    return diagnose.examine([path])


def test_each_incident_is_quoted_from_its_own_test(many: Diagnosis) -> None:
    assert len(many.incidents) == COUNT
    lines = Path(many.runs[0].inputs[0].path).read_text("utf-8").splitlines()
    for incident in many.incidents:
        number = incident.tests[0].classname.removeprefix("tests.test_m")
        quotes = [item for item in incident.ledger if item.quote]
        assert quotes
        for item in quotes:
            assert item.quote
            assert item.source
            assert f"KeyError: {number}" in item.quote
            assert item.quote in lines[item.source.line - 1]


def test_beyond_the_largest_incidents_advice_is_of_the_cause(many: Diagnosis) -> None:
    assert all(incident.advice for incident in many.incidents)
    assert len(many.advice) <= MOST + 1


def test_one_report_is_not_searched_for_a_rival(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuite><testcase classname="a" name="b"/></testsuite>', "utf-8")
    monkeypatch.setattr("diagnose.runs.parting._rivals", lambda _: pytest.fail("was searched"))
    assert [run.label for run in diagnose.examine([report]).runs] == ["report"]
