"""No reader raises for what a file says, and no file is for nobody by accident."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.readers import READERS, read, recognise
from diagnose.readers._file import File
from tests.pace import within

HERE = Path(__file__).parent
INPUTS = {
    name: sorted(
        (path.read_bytes() for path in (HERE / name).glob("*/input*")), key=lambda data: len(data)
    )
    for name in READERS
}
# Words of all formats: what hypothesis would not find by itself.
PIECES = [
    *(
        b"<testsuite>",
        b'<testcase name="a">',
        b"<failure>",
        b"]]>",
        b"&#0;",
        b"<![CDATA[",
        b"\xff\xfe",
    ),
    *(
        b"=== test session starts ===\n",
        b"collected 3 items\n",
        b"[gw0] node down: x\n",
        b"E   a\n",
    ),
    *(
        b"_____ test_a _____\n",
        b"FAILED a.py::b - c\n",
        b"=== 1 failed in 0.1s ===\n",
        b"\r",
        b"\n",
    ),
    *(
        b"[    1.0] ",
        b"<4>",
        b"Killed process 1 (a) total-vm:1kB",
        b"oom-kill:constraint=",
        b"\x1b[",
    ),
    *(
        b'{"$report_type": "TestReport",',
        b'{"results": {"tests": [',
        b"ERROR ",
        b"2026-01-01T00:00:00Z ",
    ),
]
noise = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=30).map(b"".join)


def consume(name: str, data: bytes) -> None:
    for _ in read(File.of(data), name):
        pass


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_a_case(name: str) -> None:
    assert INPUTS[name]


@pytest.mark.parametrize("name", READERS)
def test_every_case_is_known_for_what_it_is(name: str) -> None:
    for data in INPUTS[name]:
        assert name in recognise(File.of(data))


@pytest.mark.parametrize("name", READERS)
def test_every_truncation_of_a_sound_file_is_read(name: str) -> None:
    data = INPUTS[name][0]
    for end in range(0, len(data), 1 + len(data) // 2000):
        consume(name, data[:end])


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(data=noise)
def test_no_reader_raises_on_arbitrary_bytes(name: str, data: bytes) -> None:
    READERS[name].recognises(data)
    consume(name, data)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=40, deadline=None)
@given(draw=st.data())
def test_no_reader_raises_on_a_splice_of_two_files(name: str, draw: st.DataObject) -> None:
    everything = [data for inputs in INPUTS.values() for data in inputs[:2]]
    one, other = (
        draw.draw(st.sampled_from(everything)),
        draw.draw(st.sampled_from(INPUTS[name][:3])),
    )
    at, behind = draw.draw(st.integers(0, len(one))), draw.draw(st.integers(0, len(other)))
    consume(name, one[:at] + other[behind:])


@settings(max_examples=60, deadline=None)
@given(data=noise)
def test_whatever_a_file_holds_somebody_or_nobody_reads_it(data: bytes) -> None:
    for name in recognise(File.of(data)):
        consume(name, data)


@pytest.mark.parametrize("unit", [b"[gw0] ", b" in 1 ", b"usage: ", b"a.py::x " + b"." * 2000])
def test_what_an_endless_line_is_takes_time_in_proportion(unit: bytes) -> None:
    data = unit * (20_000_000 // len(unit))
    with within(3):
        assert recognise(File.of(data)) == ()
