"""Expressions that could take forever are told from those that can't."""

import pytest

from diagnose.causes import patterns
from diagnose.causes._tame import endless


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+",
        "(?:a+)*b",
        r"(\w+\s?)+$",
        "((a+))+",
        "(a*)*",
        "(?:a+|b)+",
        r"(?:\s*\w+\s*)+",
        "x(?=(a+)+)",
    ],
)
def test_a_repeat_of_a_repeat_is_endless(regex: str) -> None:
    assert endless(regex)


@pytest.mark.parametrize(
    "regex", ["a+b+", r"(?:\w+\.)+x", "(?:a|b)+", "(?:[^,]*,)+", "(?>a+)+", "(?:a++)+", "(?:a+){2}"]
)
def test_a_repeat_with_something_between_is_not(regex: str) -> None:
    assert not endless(regex)


def test_none_of_ours_is_endless() -> None:
    regexes = {
        text
        for pattern in patterns()
        for text in (pattern.regex, pattern.unless, pattern.unless_text, pattern.when)
    }
    assert [regex for regex in sorted(regexes) if endless(regex)] == []
