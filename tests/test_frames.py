"""What was raised, where, and in whose code."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose import frames

CRASH = "worker 'gw1' crashed while running 'a.py::b'"
HERE = Path(__file__).parent / "frames"
LONG = (HERE / "long.txt").read_text("utf-8")
CHAINED = (HERE / "chained.txt").read_text("utf-8")
SHORT = (HERE / "short.txt").read_text("utf-8")
NATIVE = (HERE / "native.txt").read_text("utf-8")


def owners(text: str) -> list[tuple[str, str]]:
    return [(frame.function, frame.owner) for frame in frames.read(text).frames]


def test_the_long_style_names_functions_and_their_owners_innermost_first() -> None:
    assert owners(LONG) == [("send", "library"), ("store", "product"), ("stored", "fixture")]
    trace = frames.read(LONG)
    assert trace.exception == "requests.exceptions.ConnectionError"
    assert trace.message == "refused\nby the host"
    assert trace.frames[0].line == 519


def test_what_was_captured_is_cut_off() -> None:
    trace = frames.read(LONG)
    rows = LONG.split("\n")
    assert [(each.stream, each.phase, rows[each.line]) for each in trace.captured] == [
        ("stdout", "setup", "storing"),
        ("log", "call", "WARNING  shop:stock.py:30 again"),
    ]
    assert "storing" not in trace.text


def test_a_chain_ends_with_what_ended_the_test() -> None:
    chain = frames.read(CHAINED).chain
    assert [(each.exception, each.message) for each in chain] == [
        ("KeyError", "'bolt'"),
        ("LookupError", "bolt"),
    ]
    assert [frame.function for frame in chain[1].frames] == ["level", "test_level"]


def test_the_short_style_is_read() -> None:
    assert owners(SHORT) == [("loads", "python"), ("test_level", "test")]
    assert frames.read(SHORT).exception == "json.decoder.JSONDecodeError"


def test_the_native_style_is_read() -> None:
    first, last = frames.read(NATIVE).chain
    assert (first.exception, first.message) == ("KeyError", "'bolt'")
    assert (last.exception, last.message) == ("shop.errors.Missing", "bolt\nof all things")
    assert [frame.owner for frame in last.frames] == ["python", "test"]


@pytest.mark.parametrize(
    ("text", "exception", "message"),
    [
        ("E   assert 1 == 2\n\na.py:4: AssertionError", "AssertionError", "assert 1 == 2"),
        ("E   AssertionError: no\nE   assert 1 == 2", "AssertionError", "no\nassert 1 == 2"),
        ("E   MemoryError\n\na.py:3: MemoryError", "MemoryError", ""),
        ("/home/ci/tests/test_a.py:4: KeyError: 'b'", "KeyError", "'b'"),
        ("/home/ci/tests/test_a.py:4: assert 0", "AssertionError", "assert 0"),
        ("E   Failed: Timeout (>1.0s)", "Failed", "Timeout (>1.0s)"),
        (CRASH, "", CRASH),
        ("", "", ""),
    ],
)
def test_type_and_message_are_told_apart(text: str, exception: str, message: str) -> None:
    trace = frames.read(text)
    assert (trace.exception, trace.message) == (exception, message)


@pytest.mark.parametrize(
    ("path", "function", "owner"),
    [
        ("tests/test_a.py", "test_b", "test"),
        ("tests/tools.py", "make", "test"),
        ("a_test.py", "test_b", "test"),
        ("tests/test_a.py", "setup_method", "fixture"),
        ("tests/conftest.py", "database", "fixture"),
        ("shop/stock.py", "level", "product"),
        ("../../venv/lib/python3.11/site-packages/httpx/_client.py", "send", "library"),
        ("/usr/lib/python3/dist-packages/six.py", "f", "library"),
        ("shop/_vendor/six.py", "f", "library"),
        ("C:\\Python312\\Lib\\socket.py", "connect", "python"),
        ("C:\\venv\\Lib\\site-packages\\x.py", "f", "library"),
        ("/usr/lib/python3.11/socket.py", "connect", "python"),
        ("<frozen importlib._bootstrap>", "_find_spec", "python"),
        ("shop/latest/contest.py", "f", "product"),
    ],
)
def test_a_place_belongs_to_somebody(path: str, function: str, owner: str) -> None:
    assert frames.owner(path, function) == owner


@pytest.mark.parametrize(
    "text",
    ["E   a\n" * 100_000, "a:1: \n" * 100_000, "x" * 2_000_000, "a:" * 500_000, "|" * 500_000],
    ids=("messages", "places", "letters", "colons", "bars"),
)
def test_time_grows_with_the_text_alone(text: str) -> None:
    started = time.perf_counter()
    assert len(frames.read(text).chain) <= 1
    assert time.perf_counter() - started < 5


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=500), st.sampled_from([LONG, CHAINED, SHORT, NATIVE]), st.integers(0, 900))
def test_no_text_makes_it_raise(noise: str, sound: str, cut: int) -> None:
    for text in (noise, sound[:cut] + noise + sound[cut:]):
        trace = frames.read(text)
        assert trace.chain is trace.chain
        assert isinstance(trace.captured, tuple)
