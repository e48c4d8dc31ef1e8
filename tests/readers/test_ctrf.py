"""CTRF documents of several runners."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Problem, Record, TestResult
from diagnose.readers import ctrf
from diagnose.readers._file import File
from tests.conftest import Golden
from tests.readers.test_reportlog import VALUES
from tests.readers.written import written

HERE = Path(__file__).parent / "ctrf"
CASES = sorted(HERE.glob("*/input*"))
KEYS = ("name", "status", "duration", "suite", "message", "trace", "retries", "stdout", "start")


def records(data: bytes) -> list[Record | Problem]:
    return list(ctrf.read(File.of(data)))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_document_is_read_as_expected(path: Path, golden: Golden) -> None:
    data = path.read_bytes()
    assert ctrf.recognises(data)
    golden(path.parent / "expected.json", written(records(data)))


def test_retries_that_are_only_counted_become_attempts() -> None:
    data = (HERE / "playwright" / "input.json").read_bytes()
    (pays,) = [one for one in records(data) if isinstance(one, TestResult) and one.name == "pays"]
    assert [attempt.outcome for attempt in pays.attempts] == ["failed"] * 3


def test_a_torn_document_is_a_problem() -> None:
    data = (HERE / "playwright" / "input.json").read_bytes()[:-20]
    (problem,) = records(data)
    assert isinstance(problem, Problem)
    assert problem.message.startswith("not read as CTRF")


@pytest.mark.parametrize("block", [b"", b"{}", b'{"$report_type": "x"}', b"<testsuites>", b"[]"])
def test_other_json_is_left_to_others(block: bytes) -> None:
    assert not ctrf.recognises(block)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    ctrf.recognises(data)
    records(data)


@given(
    st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, VALUES)), max_size=3), VALUES
)
@settings(max_examples=150, deadline=None)
def test_values_of_any_kind_raise_nothing(tests: list[dict[str, object]], other: object) -> None:
    document = {"results": {"tool": other, "summary": other, "tests": tests}}
    written(records(json.dumps(document).encode()))
    records(json.dumps({"results": other}).encode())
