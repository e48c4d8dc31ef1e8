"""pytest-reportlog and pytest-json-report, whole and torn."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Problem, Record, Session, TestResult
from diagnose.readers import reportlog
from diagnose.readers._file import File
from tests.conftest import Golden
from tests.readers.written import written

HERE = Path(__file__).parent / "reportlog"
CASES = sorted(HERE.glob("*/input*"))
PHASES = (HERE / "phases" / "input.jsonl").read_bytes()
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
KEYS = ("nodeid", "when", "outcome", "longrepr", "sections", "location", "start", "worker_id")
KINDS = ("TestReport", "SubTestReport", "CollectReport", "WarningMessage", "SessionFinish")


def records(data: bytes) -> list[Record | Problem]:
    return list(reportlog.read(File.of(data)))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_log_is_read_as_expected(path: Path, golden: Golden) -> None:
    data = path.read_bytes()
    assert reportlog.recognises(data)
    golden(path.parent / "expected.json", written(records(data)))


def test_a_run_that_was_killed_names_the_tests_it_left_behind() -> None:
    found = records((HERE / "killed" / "input.jsonl").read_bytes())
    (session,) = [record for record in found if isinstance(record, Session)]
    assert not session.finished
    assert session.unfinished == ("test_k.py::test_hangs", "test_k.py::test_half")


def test_a_crashed_worker_is_known_by_the_message() -> None:
    found = records((HERE / "crash" / "input.jsonl").read_bytes())
    (result,) = [record for record in found if isinstance(record, TestResult)]
    assert (result.worker, result.failures[0].phase) == ("gw0", "crash")


def test_a_log_without_tests_says_so() -> None:
    (problem,) = [
        one for one in records(b'{"$report_type": "SessionStart"}') if isinstance(one, Problem)
    ]
    assert problem.message == "no test in it"


def test_a_line_that_is_no_json_is_a_problem_with_its_number() -> None:
    found = records(PHASES + b"oops\n[[\n")
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert problem.source.line == PHASES.count(b"\n") + 1
    assert problem.message == "not a line of JSON, and 1 more"


@pytest.mark.parametrize("block", [b"", b"{}", b'{"results": {"tool": {}}}', b"<testsuites>"])
def test_other_json_is_left_to_others(block: bytes) -> None:
    assert not reportlog.recognises(block)


def test_every_prefix_raises_nothing() -> None:
    for end in range(0, len(PHASES), 53):
        records(PHASES[:end])


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    reportlog.recognises(data)
    records(data)
    records(b'{"created": 1, "exitcode": 0, "root": "", ' + data)


@given(
    st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, VALUES)), max_size=4), st.data()
)
@settings(max_examples=150, deadline=None)
def test_values_of_any_kind_raise_nothing(
    entries: list[dict[str, object]], data: st.DataObject
) -> None:
    said = [
        json.dumps({"$report_type": data.draw(st.sampled_from(KINDS)), **entry})
        for entry in entries
    ]
    written(records("\n".join(said).encode()))
    document = {"created": 1, "exitcode": 0, "root": "", "tests": entries, "warnings": entries}
    written(records(json.dumps(document).encode()))
