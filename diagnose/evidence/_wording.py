"""How two texts are worded: the same in other letters, nearly the same, the same and more."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

MORE = "(the same, and more)"
WORDING = "(nearly the same words)"
TYPOGRAPHY = "(the same letters)"
MARKUP = "(nearly the same markup)"

SPACED = 8  # characters of both sides, where blanks are all that differs
LETTERS = 6  # that both sides share, before typography is what they differ in
WORDS = 4
WORDS_WITHIN = 3
ALIKE = 0.6  # share of words in common
MARKED_ALIKE = 0.8  # the same of markup, most of which is the same in any page
HALF = 0.5  # of the words of a part that follow each other in the whole as well
LIMIT = 150  # words of a side that are compared
_WORD = re.compile(r"[A-Za-z]{2,}")
_MARKS = re.compile(r"[\W_]+")
_RECORD = re.compile(r"\s*[\[{(<]|.*(?:['\"\w]\s?=|['\"]\s?:|\w\s?:(?=\s?[\[{'\"]))\s?[\[{'\"\d]")
_MARKUP = re.compile(r"\s*<[A-Za-z!?][^<>]*>")
_BLANK = re.compile(r"\s|\\[ntr]|\\xa0|\\u(?:202f|00a0|2009)")
_ESCAPED = re.compile(r"\\[rnt]|\\x1b\[[\d;]*m")


def letters(side: str) -> str:
    """Return what is left of a text without case, blanks and punctuation."""
    return _MARKS.sub("", _ESCAPED.sub(" ", side)).casefold()


def typed_otherwise(actual: str, expected: str) -> bool:
    """Say whether case, quotes, blanks and punctuation are all that differs."""
    if _BLANK.sub("", actual) == _BLANK.sub("", expected):
        return len(_BLANK.sub("", actual)) >= SPACED
    mine, theirs = letters(actual), letters(expected)
    return mine == theirs and sum(one.isalpha() for one in mine) >= LETTERS


def reflowed(actual: str, expected: str) -> bool:
    """Say whether blanks and the ends of lines are all that differs."""
    mine = _BLANK.sub("", actual)
    return mine == _BLANK.sub("", expected) and sum(map(str.isalpha, mine)) >= LETTERS


def grew(actual: str, expected: str) -> bool:
    """Say whether the whole of what was expected is there, with more around it."""
    mine, theirs = letters(actual), letters(expected)
    return sum(one.isalpha() for one in theirs) >= LETTERS and theirs in mine


def reworded(actual: str, expected: str) -> bool:
    """Say whether both are sentences, and most of their words are the same; data is none."""
    if _RECORD.match(actual) or _RECORD.match(expected):
        return False
    return _alike(actual, expected, ALIKE)


def other_markup(actual: str, expected: str) -> bool:
    """Say whether both are markup, and most of what they hold is the same."""
    marked = _MARKUP.match(actual) and _MARKUP.match(expected)
    return bool(marked) and _alike(actual, expected, MARKED_ALIKE)


def nearly_within(part: str, whole: str) -> bool:
    """Say whether words of a part follow each other in the whole as well, but for some."""
    words, others = _words(part), _words(whole)
    if len(words) < WORDS_WITHIN:
        return False
    follow, known = list(pairwise(words)), set(pairwise(others))
    found = sum(pair in known for pair in follow)
    return HALF <= found / len(follow) < 1


def _alike(actual: str, expected: str, share: float) -> bool:
    mine, theirs = _words(actual), _words(expected)
    if min(len(mine), len(theirs)) < WORDS or mine == theirs:
        return False
    shared = (Counter(mine) & Counter(theirs)).total()
    return 2 * shared / (len(mine) + len(theirs)) >= share


def _words(side: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(side)][:LIMIT]
