"""The JSON report: to the schema, a line a member, the same bytes each time."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import diagnose
from diagnose.diagnosis import Diagnosis
from tests.conftest import Golden
from tests.sample import sample

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def report() -> Any:
    return json.loads(diagnose.render(sample(), "json"))


def test_the_sample_is_written_as_it_was(golden: Golden) -> None:
    golden(HERE / "json" / "expected.json", diagnose.render(sample(), "json"))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(diagnose.schema()))


def test_a_report_holds_to_the_schema(report: Any) -> None:
    Draft202012Validator(json.loads(diagnose.schema())).validate(report)


def test_an_empty_report_holds_to_the_schema() -> None:
    empty = json.loads(diagnose.render(Diagnosis(), "json"))
    Draft202012Validator(json.loads(diagnose.schema())).validate(empty)
    assert empty["summary"]["headline"] == "No test was found"


@pytest.mark.parametrize(
    ("key", "value"),
    [("verdict", "flaky"), ("confidence", 1.5), ("tests", []), ("wording", "proves")],
)
def test_the_schema_refuses_what_it_should(report: Any, key: str, value: object) -> None:
    wrong = json.loads(json.dumps(report))
    wrong["incidents"][0][key] = value
    assert not Draft202012Validator(json.loads(diagnose.schema())).is_valid(wrong)


def test_every_failed_test_is_counted_once(report: Any) -> None:
    counted = report["summary"]["counts"]
    assert counted["failed_tests"] == sum(len(each["tests"]) for each in report["incidents"])
    assert sum(counted["by_verdict"].values()) == counted["failed_tests"]
