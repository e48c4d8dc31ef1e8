"""No line, and no text, keeps a pattern busy: whoever wrote it may have wished so."""

import re
import time

import pytest

from diagnose.causes import patterns
from tests.causes.hostile import lines_against
from tests.pace import pace

LINE, TEXT = 1000, 6000  # characters: a quarter of the longest line, a tenth of the longest text
MOST = 0.1  # seconds of the processor; quadratic takes a tenth of it, cubic a multiple


def seconds(regex: str, text: str) -> float:
    begun = time.process_time()
    re.compile(regex).search(text)
    return time.process_time() - begun


def slow(regexes: set[str], size: int) -> list[str]:
    most = MOST * pace()
    return [
        regex
        for regex in sorted(regexes)
        if any(seconds(regex, line) > most for line in lines_against(regex, size))
    ]


@pytest.mark.parametrize(
    "regex",
    [
        r"\w*Timeout\w* not raised",
        r"(?:cert\w*|x509)\W{0,3}\w*\(",
    ],
)
def test_a_slow_expression_is_found_out(regex: str) -> None:
    assert slow({regex}, 2 * LINE)


def test_no_line_keeps_a_pattern_busy() -> None:
    regexes = {regex for one in patterns() for regex in (one.regex, one.unless) if regex}
    assert slow(regexes, LINE) == []


def test_no_text_keeps_a_pattern_busy() -> None:
    regexes = {regex for one in patterns() for regex in (one.when, one.unless_text) if regex}
    assert slow(regexes, TEXT) == []
