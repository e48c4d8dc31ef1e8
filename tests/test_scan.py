"""All words are found at once, where a search for one after the other finds them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose import scan

WORDS = (b"Killed process ", b"Kill process ", b"process", b"oom", b"oom-kill:", b"ss", b"\xff\x00")
pieces = st.lists(st.sampled_from(WORDS) | st.binary(max_size=6), max_size=30).map(b"".join)


def plainly(data: bytes) -> set[tuple[int, int, int]]:
    return {
        (number, at, at + len(word))
        for number, word in enumerate(WORDS)
        for at in range(len(data))
        if data.startswith(word, at)
    }


@pytest.mark.parametrize("engine", [scan.automaton, scan.plain])
@settings(deadline=None)
@given(data=pieces)
def test_every_word_is_found_wherever_it_stands(engine: scan.Engine, data: bytes) -> None:
    found = engine(WORDS)(data)
    assert set(found) == plainly(data)
    assert len(found) == len(set(found))
    ends = [end for _, _, end in found] if engine is scan.automaton else [at for _, at, _ in found]
    assert ends == sorted(ends)


def test_without_the_wheel_the_words_are_found_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = b"".join(WORDS) * 3
    expected = set(scan.fastest(WORDS)(data))
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert set(scan.fastest(WORDS)(data)) == expected == plainly(data)
