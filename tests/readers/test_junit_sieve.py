"""What goes through the sieve is read as if there were none."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Problem, Record, TestResult
from diagnose.packed import Store
from diagnose.readers import _junit_sieve as sieve
from diagnose.readers import junit
from diagnose.readers._file import File, OnDisk
from diagnose.readers._junit_sieve import Sieve
from diagnose.table import TestTable

HEAD = b'<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite>'
END = b"</testsuite></testsuites>"
NAMES = (
    "test_a",
    "test_b[x&lt;y]",
    "test_c[&amp;lt;]",
    "test_d[\u00e9]",
    "test_e[&#10;]",
    "test_f[>]",
)
SHAPES = (
    '<testcase classname="{c}" name="{n}" time="0.001" />',
    '<testcase classname="{c}" name="{n}" time="0.001"/>\n',
    '<testcase classname="{c}" name="{n}" time="1,000.5"/>',
    '<testcase classname="{c}" name="{n}" time="0.1"><skipped message="no"/></testcase>',
    '<testcase classname="{c}" name="{n}" time="0.1"><failure message="m">E  x\ny</failure>'
    "</testcase>",
    '<testcase name="{n}" classname="{c}" time="0.1"/>',
    '<testcase classname="{c}" name="{n}" time="0.1">{said}</testcase>',
)
HEADLINES = "\n".join(
    f"{'-' * 12} Captured {stream} {'-' * 12}\nline &lt;{stream}&gt;\n"
    for stream in ("Log", "Out", "Err")
)
SAID = (
    '<error type="ValueError" message="v &amp;&quot;&#10;w">first\nE   KeyError: 1</error>',
    "<failure message=\"\">\n\n  E   KeyError: 'x'\n</failure>",
    '<failure message="m"> \n\u00a0\u2003 </failure>',
    '<failure message="m">&#10;</failure>',
    '<failure message="failed on setup with &quot;OSError: no&quot;">a&#10;b &amp;amp; c</failure>',
    '<failure message="m">' + "0123456789 &lt;\n" * 6000 + "</failure>",
    f"<system-out>{HEADLINES}</system-out>",
    f"<system-out>before\n{HEADLINES}</system-out><system-err>\u00e9\n</system-err>",
    f"<system-out>{HEADLINES.replace(chr(10), '&#10;')}</system-out>",
    "<system-err>\u2003\n\u00a0</system-err><error message='e'>x</error>",
    '<failure message="one">a\nb</failure><error message="two">c\nd</error>'
    "<system-out>e</system-out>",
    '<skipped type="pytest.xfail" message="later">x</skipped>',
)
case = st.builds(
    lambda shape, said, name, number: (
        shape.replace("{said}", said).format(c=f"tests.test_{number}", n=name).encode()
    ),
    st.sampled_from(SHAPES),
    st.sampled_from(SAID),
    st.sampled_from(NAMES),
    st.integers(0, 2),
)
odd = st.sampled_from(
    [
        b"<!-- " + SHAPES[0].encode() + b" -->",
        b"<system-out><![CDATA[" + SHAPES[0].encode() + b"]]></system-out>",
        b"</testsuite><testsuite>",
        b"<broken",
        b"\x01",
        b'<testcase classname="c" name="\xff" time="0.1"/>',
        b'<testcase classname="c" name="&no;" time="0.1"/>',
    ]
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "WORTH_CUTTING", 0)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def read(data: bytes, size: int, jobs: int = 1) -> tuple[list[object], list[str]]:
    """Read a file in blocks of that size: the records, and the rows in any order."""

    class Cut(File):
        def blocks(self, size: int = size) -> Iterator[bytes]:
            return cut(data, size)

    made = replace(Cut.of(data), jobs=jobs)
    records: list[Record | Problem] = list(junit.read(made))
    rows = [repr(row) for each in records if isinstance(each, TestTable) for row in each]
    return [each for each in records if not isinstance(each, TestTable)], sorted(rows)


@settings(max_examples=200, deadline=None)
@given(st.lists(case | odd, max_size=25), st.integers(90, 700))
def test_a_sifted_file_says_what_the_whole_says(parts: list[bytes], size: int) -> None:
    data = HEAD + b"".join(parts) + END
    sifted = read(data, size)
    with patch.multiple(sieve, WORTHWHILE=0, ahead=lambda work: work()):
        stored = read(data, size, jobs=2)
    assert repr(stored) == repr(sifted)
    with patch.object(Sieve, "blocks", lambda _, file: file.blocks()):
        whole = read(data, size)
    assert sifted == whole
    assert repr(sifted) == repr(whole)  # with all texts, packed or not


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(case | odd, min_size=8, max_size=40))
def test_a_file_that_is_sifted_in_halves_says_the_same(parts: list[bytes]) -> None:
    data = HEAD + b"".join(parts) + END
    with NamedTemporaryFile() as named:
        path = Path(named.name)
        path.write_bytes(data)
        file = File(str(path), OnDisk(path), len(data))
        told = []
        for jobs in (1, 2):
            with patch.object(sieve, "WORTHWHILE", 0):
                records = list(junit.read(replace(file, jobs=jobs)))
            rows = [repr(row) for each in records if isinstance(each, TestTable) for row in each]
            others = [repr(each) for each in records if not isinstance(each, TestTable)]
            told.append((others, sorted(rows)))
    assert told[0] == told[1]


def test_plain_cases_go_into_the_table_and_the_rest_keeps_its_lines() -> None:
    table = TestTable()
    plain = b'<testcase classname="a" name="t%d" time="0.5" />\n'
    other = b'<testcase name="other"/>\n'
    block = b"".join(plain % number for number in range(5)) + other
    _, sifted, *rest = Sieve(table).sift(iter([HEAD, block, END]))
    assert list(table.keys()) == ["a::t1", "a::t2", "a::t3"]
    assert sifted.count(b"<testcase") == 3
    left = b"".join([sifted, *rest])
    assert left.count(b"\n") == block.count(b"\n")
    assert left.endswith(other + END)


@pytest.mark.parametrize("sign", [b"<!-- c -->", b"<?pi?>"])
def test_after_what_may_hide_anything_nothing_is_taken_out(sign: bytes) -> None:
    plain = b'<testcase classname="a" name="t" time="0.5" />'
    blocks = [HEAD, sign + plain, plain, END]
    assert b"".join(Sieve(TestTable()).sift(iter(blocks))) == b"".join(blocks)


@pytest.mark.parametrize("size", [200, 400, 10_000])
def test_what_hides_test_cases_does_so_from_the_first_block_to_the_next(size: int) -> None:
    cases = SHAPES[0].format(c="a", n="t").encode() * 20
    data = HEAD + b'<testcase name="x"><system-out><![CDATA[' + cases
    data += b"]]></system-out></testcase>" + END
    records, rows = read(data, size)
    assert rows == []
    assert sum(isinstance(each, TestResult) for each in records) == 1


def test_what_stands_behind_a_suite_may_hide_test_cases_too() -> None:
    plain = SHAPES[1].format(c="a", n="t").encode()
    blocks = [HEAD, plain + b"</testsuite><!--", plain * 3 + b"-->", plain, END]
    assert b"".join(Sieve(TestTable()).sift(iter(blocks))) == b"".join(blocks)


def test_the_first_block_is_sifted_behind_its_head() -> None:
    table = TestTable()
    plain = b'<testcase classname="a" name="t%d" time="0.5" />'
    whole = b"\xef\xbb\xbf" + HEAD + b"".join(plain % number for number in range(9)) + END
    left = list(Sieve(table).sift(iter([whole])))
    assert left[0].endswith(HEAD)
    assert list(table.keys()) == [f"a::t{number}" for number in range(1, 8)]


def test_a_large_report_leaves_names_and_texts_in_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(sieve, "WORTHWHILE", 0)
    monkeypatch.setattr(sieve, "ahead", lambda work: work())
    put = Store.put

    def counted(store: Store, data: bytes) -> tuple[int, int] | None:
        asked.append(len(data))
        return put(store, data)

    monkeypatch.setattr(Store, "put", counted)
    plain = b'<testcase classname="a" name="t%d" time="0.5" />'
    said = b'<failure message="m">E  x</failure>'
    failed = b'<testcase classname="a" name="f" time="0.5">' + said + b"</testcase>"
    data = HEAD + plain % 1 + plain % 2 + failed + plain % 3 + plain % 4 + END
    records, rows = read(data, 10_000, jobs=2)
    assert len(asked) == 2
    assert len(rows) == 4
    assert [each.failures[0].text for each in records if isinstance(each, TestResult)] == ["E  x"]


def test_a_block_without_any_end_of_a_tag_does_not_pile_up() -> None:
    blocks = [HEAD, *[b"x" * 1000] * 50, END]
    sifted = list(Sieve(TestTable()).sift(iter(blocks)))
    assert b"".join(sifted) == b"".join(blocks)
    assert max(map(len, sifted)) <= 7000
