"""JUnit XML in its dialects, whole and broken."""

from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Captured, Event, Failure, Problem, Record, Session, TestResult
from diagnose.readers import junit
from diagnose.readers._file import File
from diagnose.table import TestTable
from tests.conftest import Golden
from tests.pace import within
from tests.readers.written import written

HERE = Path(__file__).parent / "junit"
CASES = sorted(path.name for path in HERE.iterdir())
SOUND = [(HERE / name / "input.xml").read_bytes() for name in ("pytest_xunit2", "surefire")]


def records(data: bytes) -> list[Record | Problem]:
    return list(junit.read(File.of(data)))


def results(data: bytes) -> list[TestResult]:
    return [record for record in records(data) if isinstance(record, TestResult)]


def problems(data: bytes) -> list[str]:
    return [record.message for record in records(data) if isinstance(record, Problem)]


def names(data: bytes) -> list[str]:
    found = records(data)
    rows = [row.name for table in found if isinstance(table, TestTable) for row in table]
    return rows + [record.name for record in found if isinstance(record, TestResult)]


@pytest.mark.parametrize("name", CASES)
def test_a_dialect_is_read_as_expected(name: str, golden: Golden) -> None:
    data = (HERE / name / "input.xml").read_bytes()
    assert junit.recognises(data)
    golden(HERE / name / "expected.json", written(records(data)))


@pytest.mark.parametrize("name", [name for name in CASES if name != "control_characters"])
def test_a_text_begins_on_the_line_that_is_named(name: str) -> None:
    data = (HERE / name / "input.xml").read_bytes()
    lines = data.decode().split("\n")
    texts: list[Failure | Captured] = []
    for result in results(data):
        texts += [*result.failures, *result.output]
    for said in texts:
        spoken = said.text.split("\n")
        offset = next((number for number, line in enumerate(spoken) if line.strip()), 0)
        assert spoken[offset] in unescape(lines[said.source.line - 1 + offset])


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1252", "gbk"]
)
def test_an_encoding_makes_no_difference(encoding: str) -> None:
    stated = "utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
    opening = f'<?xml version="1.0" encoding="{stated}"?>\n'
    data = (opening + '<testsuite><testcase name="ü" time="1"/></testsuite>').encode(encoding)
    assert junit.recognises(data)
    assert names(data) == ["ü"]
    assert problems(data) == []


def test_an_unknown_encoding_is_a_problem_and_read_as_utf_8() -> None:
    data = b'<?xml version="1.0" encoding="klingon"?><testsuite><testcase name="a"/></testsuite>'
    assert names(data) == ["a"]
    assert problems(data) == ["encoding 'klingon' is unknown, and was read as UTF-8"]


def test_namespaces_do_not_hide_a_test() -> None:
    data = (
        b'<j:testsuite xmlns:j="urn:j"><j:testcase name="a"/><j:testcase name="b">'
        b'<j:failure message="x"/></j:testcase></j:testsuite>'
    )
    assert names(data) == ["a", "b"]
    assert results(data)[0].outcome == "failed"


def test_a_plain_doctype_does_no_harm() -> None:
    doctype = b'<!DOCTYPE testsuite SYSTEM "nowhere.dtd">'
    data = doctype + b'<testsuite><testcase name="&gone;a"/></testsuite>'
    assert names(data) == ["a"]


def test_a_file_without_tests_says_so() -> None:
    assert problems(b"<testsuites/>") == ["no test in it"]


def test_deep_nesting_does_no_harm() -> None:
    deep = b"<testsuite>" * 100_000
    assert problems(deep + b'<testcase name="a"/>')
    case = b'<testsuite><testcase name="a"><failure>' + b"<b>" * 100_000
    assert names(case) == ["a"]


def test_a_huge_text_keeps_its_head_and_its_tail() -> None:
    body = b"".join(b"line %d\n" % number for number in range(200_000))
    data = (
        b'<testsuite><testcase name="a"><failure message="m">'
        + body
        + b"</failure></testcase></testsuite>"
    )
    (result,) = results(data)
    text = result.failures[0].text
    lines = text.split("\n")
    assert lines[0] == "line 0"
    assert lines[-2] == "line 199999"
    assert len(text) < 300_000


def test_a_huge_attribute_is_cut_in_linear_time() -> None:
    data = (
        b'<testsuite><testcase name="a"><failure message="'
        + b"x" * (8 << 20)
        + b'"/></testcase></testsuite>'
    )
    (result,) = results(data)
    assert len(result.failures[0].message) < 70_000


@pytest.mark.parametrize("blank", [b" ", b"1", b"1 ", b"\t"])
def test_a_huge_time_is_no_time_and_costs_none(blank: bytes) -> None:
    data = b'<testsuite><testcase name="a" time="1' + blank * 500_000 + b'x!"/></testsuite>'
    with within(2):
        assert names(data) == ["a"]


def test_many_documents_in_one_file_end_somewhere() -> None:
    data = b'<testsuite><testcase name="a"/></testsuite>\n' * 1500
    assert len(names(data)) == 1000
    assert problems(data) == ["more than 1000 documents in one file"]


def test_output_of_a_suite_is_not_taken_for_that_of_its_last_test() -> None:
    data = b'<testsuite name="s"><testcase name="a"/><system-out>words</system-out></testsuite>'
    (event,) = [record for record in records(data) if isinstance(record, Event)]
    assert (event.kind, event.text, results(data)) == ("suite_output", "words", [])


def test_a_torn_session_is_not_finished() -> None:
    data = SOUND[1][: len(SOUND[1]) // 2]
    (session,) = [record for record in records(data) if isinstance(record, Session)]
    assert not session.finished


def test_endless_twins_of_pytest_take_linear_time() -> None:
    case = b'<testcase classname="c" name="n"><failure message="m">t</failure></testcase>'
    found = results(b'<testsuite name="pytest">' + case * 20_000 + b"</testsuite>")
    assert max(len(result.attempts) for result in found) <= 101


def test_plain_tests_become_one_table() -> None:
    data = (
        b"<testsuite>" + b'<testcase classname="c" name="n" time="0.1"/>' * 50_000 + b"</testsuite>"
    )
    (table,) = [record for record in records(data) if isinstance(record, TestTable)]
    assert (len(table), table.count("passed")) == (50_000, 50_000)


@pytest.mark.parametrize(
    ("block", "known"),
    [
        (b"\xef\xbb\xbf<testsuites>", True),
        (b"<!-- made by hand -->\n<testsuite>", True),
        (b"<kern.warning> kernel: out of memory", False),
        (b"<6>[12.5] kernel", False),
        (b"<html><body>", True),
        (b'{"results": {}}', False),
        (b"", False),
        (b"===== test session starts =====", False),
    ],
)
def test_xml_is_recognised_by_its_start(block: bytes, known: bool) -> None:
    assert junit.recognises(block) is known


@pytest.mark.parametrize("data", SOUND, ids=["pytest", "surefire"])
def test_every_prefix_gives_what_stands_before_the_tear(data: bytes) -> None:
    whole = set(names(data))
    before = 0
    for end in range(0, len(data), 7):
        found = names(data[:end])
        assert set(found) <= whole
        assert len(found) >= before - 1  # a failing test may swallow the twins before it
        before = len(found)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    junit.recognises(data)
    records(data)
    records(b"<testsuite><testcase name='a'>" + data)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_spliced_files_raise_nothing(data: st.DataObject) -> None:
    one, two = (data.draw(st.sampled_from(SOUND)) for _ in "ab")
    cut = data.draw(st.integers(0, len(one)))
    at = data.draw(st.integers(0, len(two)))
    records(one[:cut] + two[at:])


def test_the_nameless_case_of_an_interrupted_session_is_no_test() -> None:
    cases = b'<testcase classname="t" name="a" time="0.1"/><testcase time="0.000" />'
    assert names(b'<testsuite name="pytest">' + cases + b"</testsuite>") == ["a"]


@pytest.mark.parametrize("name", ["UTF-" + "1" * 60, "x" * 300])
def test_an_encoding_with_an_endless_name_is_only_unknown(name: str) -> None:
    document = f'<?xml version="1.0" encoding="{name}"?><testsuite><testcase name="a"/></testsuite>'
    records = list(junit.read(File.of(document.encode())))
    assert any(isinstance(record, TestTable) and len(record) == 1 for record in records)
    assert any(isinstance(record, Problem) and "encoding" in record.message for record in records)


def test_a_progress_bar_moves_no_line_of_what_follows() -> None:
    bar = "".join(f"{done}%\r" for done in range(0, 100, 10))
    text = (
        f'<testsuite><testcase name="a"><failure>{bar}gone</failure></testcase>\r\n'
        '<testcase name="b"><failure>E   OSError: lost</failure></testcase></testsuite>'
    )
    first, second = (
        one for one in junit.read(File.of(text.encode(), "r.xml")) if isinstance(one, TestResult)
    )
    assert [each.failures[0].source.line for each in (first, second)] == [1, 2]
    assert first.failures[0].text == f"{bar}gone".replace("\r", " ")
