"""The lines of a log, whatever wrote it, wrapped it, or cut it."""

import codecs
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.readers import _lines
from diagnose.readers._file import File
from diagnose.readers._lines import LONGEST, Line, lines, seconds

quickly = settings(max_examples=150, deadline=None)


def read(data: bytes) -> list[Line]:
    return list(lines(File.of(data)))


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data)]


def in_blocks(data: bytes, size: int) -> list[Line]:
    class _Small(File):
        def blocks(self, _: int = 0) -> Iterator[bytes]:
            stream = io.BytesIO(data)
            while block := stream.read(size):
                yield block

    return list(lines(_Small("input", lambda: io.BytesIO(data))))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_whatever_ends_them(end: str) -> None:
    data = end.join(["one", "", "three", ""]).encode()
    assert [(line.number, line.text) for line in read(data)] == [(1, "one"), (2, ""), (3, "three")]


def test_a_last_line_without_an_end_is_a_line() -> None:
    assert texts(b"one\ntwo") == ["one", "two"]


def test_rewritten_progress_keeps_the_number_of_its_line() -> None:
    said = [(line.number, line.text) for line in read(b"a\n10%\r50%\r100%\r\nb\n")]
    assert said == [(1, "a"), (2, "10%"), (2, "50%"), (2, "100%"), (3, "b")]


def test_progress_before_the_first_line_end_is_one_line() -> None:
    data = b"10%\r" * 20_000 + b"done\nb\n"
    last = read(data)[-1]
    assert (last.number, last.text) == (2, "b")


def test_a_line_end_after_a_long_file_without_any_still_ends_a_line() -> None:
    data = b"x\r" * (1 << 19) + b"y\nz\n"
    assert texts(data)[-2:] == ["y", "z"]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_a_text_is_read_in_its_encoding(encoding: str, mark: bytes) -> None:
    text = "FAILED test_a.py::test_ü[✓]\nsecond line\n" * 3
    assert texts(mark + text.encode(encoding)) == text.splitlines()


def test_a_hole_of_zeros_does_not_make_a_log_utf_16() -> None:
    assert texts(bytes(5000) + b"\nready\n")[1] == "ready"


def test_what_is_not_utf_8_is_replaced() -> None:
    assert texts(b"caf\xe9\nnext\n") == ["caf\ufffd", "next"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "\x1b[31m\x1b[1mred\x1b[0m",
        "red\x1b(B\x1b[m",
        "\x1b]8;;http://localhost\x07red\x1b]8;;\x1b\\",
        "\x1b7red\x1b8",
        "\x1b=\x1b[?25lred\x1b[K\x1b>",
        "\x1bcred",
        "\x1b[38;2;1;2;3mred",
    ],
)
def test_escape_sequences_are_taken_out(wrapped: str) -> None:
    assert texts(f"{wrapped}\nplain\n".encode()) == ["red", "plain"]


STAMP = "2026-11-20T23:46:40.5000000Z"
TIME = 1795218400.5


@pytest.mark.parametrize(
    "prefix",
    [
        f"{STAMP} ",
        f"{STAMP} 00O ",
        f"{STAMP} 01E+",
        f"{STAMP} stdout F ",
        f"[{STAMP}] ",
        f"test (3.11)\tRun pytest\t{STAMP} ",
        "\x1b_bk;t=1795218400500\x07",
        "\x1b_bk;t=1795218400500000\x07",
    ],
)
def test_what_the_ci_puts_before_a_line_is_its_time(prefix: str) -> None:
    rows = [f"{prefix}  indented {number}" for number in range(4)]
    said = read("\n".join(rows).encode())
    assert [line.text for line in said] == [f"  indented {number}" for number in range(4)]
    assert {line.time for line in said} == {TIME}


def test_a_clock_before_each_line_is_taken_off_and_gives_no_time() -> None:
    assert read(b"13:33:50  collected 2 items\n13:33:51  ok\n") == [
        Line(1, "collected 2 items"),
        Line(2, "ok"),
    ]


def test_a_line_without_a_stamp_has_the_time_of_the_one_before() -> None:
    data = f"{STAMP} a\n{STAMP} b\ncontinued\n".encode()
    assert read(data)[2] == Line(3, "continued", TIME)


def test_the_byte_order_mark_of_each_step_is_taken_off() -> None:
    data = f"\ufeff{STAMP} a\n{STAMP} b\n\ufeff{STAMP} c\n".encode()
    assert texts(data) == ["a", "b", "c"]


def test_a_stamp_that_is_no_time_is_taken_off_and_gives_none() -> None:
    assert read(b"2026-13-45T99:99:99.000Z a\n") == [Line(1, "a", None)]


def test_dated_lines_in_the_minority_are_left_alone() -> None:
    data = f"a\nb\nc\n{STAMP} d\n".encode()
    assert texts(data)[3] == f"{STAMP} d"


def test_lines_in_docker_s_json_are_unwrapped() -> None:
    rows = [
        {"log": "one\r\n", "stream": "stdout", "time": "2026-11-20T23:46:40.5Z"},
        {"log": "t\nwo\n", "stream": "stderr", "time": "9" * 400},
        {"log": 3, "time": None},
        {"log": "\ud800\n"},
    ]
    wrapped = [json.dumps(row, separators=(",", ":")) for row in rows]
    said = read("\n".join(wrapped).encode() + b'\n{"log":"torn')
    assert [line.text for line in said] == ["one", "t wo", "3", "?", '{"log":"torn']
    assert said[0].time == TIME


@pytest.mark.parametrize("stamp", ["1795218400.5", "", "x", "0000-00-00T00:00:00Z", "²"])
def test_what_is_no_stamp_has_no_seconds(stamp: str) -> None:
    assert seconds(stamp) is None


@pytest.mark.parametrize("digits", ["1795218400", "1795218400000", "1795218400000000000"])
def test_a_number_is_seconds_or_parts_of_them(digits: str) -> None:
    assert seconds(digits) == 1795218400


def test_a_line_too_long_is_cut_and_the_next_has_its_number() -> None:
    data = b"a" * (5 << 20) + b"\nb\n"
    [long, short] = read(data)
    assert len(long.text) == LONGEST
    assert short == Line(2, "b")


def test_a_line_too_long_at_the_end_is_kept_once() -> None:
    [long] = read(b"a" * (3 << 20))
    assert (long.number, len(long.text)) == (1, LONGEST)


@pytest.mark.parametrize(
    "unit", ["\x1b]", "\x1b[", "\x1b[1", "\x1b", "\r", "\x1bP", "2026-11-20T", "\t"]
)
def test_a_hostile_line_is_read_in_time(unit: str) -> None:
    read((unit * (LONGEST // len(unit)) + "\n").encode() * 20)


ROWS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x1b\ufeff\0"))
)


@quickly
@given(ROWS)
def test_plain_lines_come_out_as_they_went_in(rows: list[str]) -> None:
    data = "".join(f"> {row}\n" for row in rows).encode()
    assert texts(data) == [f"> {row}" for row in rows]


@quickly
@given(st.binary(max_size=4000))
def test_no_bytes_raise_or_give_a_line_with_an_end_in_it(data: bytes) -> None:
    said = read(data)
    assert not any("\n" in line.text or "\r" in line.text for line in said)
    assert [line.number for line in said] == sorted(line.number for line in said)


@quickly
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.integers(200, 400))
def test_where_a_block_ends_makes_no_difference(rows: list[str], end: str, size: int) -> None:
    head = "".join(f"> line {number}{end}" for number in range(30))
    data = (head + end.join(rows)).encode()
    assert in_blocks(data, size) == read(data)


def test_this_file_is_read_as_python_reads_it() -> None:
    data = Path(_lines.__file__).read_bytes()
    assert texts(data) == data.decode().splitlines()
