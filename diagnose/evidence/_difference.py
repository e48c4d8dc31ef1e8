"""How the two sides of a failed comparison differ, where the kind of difference tells something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from diagnose.evidence._country import KINDS as COUNTRIES
from diagnose.evidence._elsewhere import (
    ADDRESSES,
    PLATFORM,
    other_addresses,
    other_platform,
)
from diagnose.evidence._margins import (
    ALMOST,
    FEWER,
    SHORT,
    TWICE,
    almost_the_same,
    fewer_than_expected,
    short_of_it,
    twice_as_much,
)
from diagnose.evidence._moments import (
    a_day_apart,
    a_second_apart,
    day_within,
    offsets_apart,
    other_hour,
    other_offset,
)
from diagnose.evidence._writing import (
    BRANCH,
    COMPOSED,
    DIGEST,
    LINE_ENDS,
    VERSION,
    WRITTEN,
    composed_otherwise,
    other_branch,
    other_digest,
    other_line_ends,
    other_version,
    written_otherwise,
)

MORE = "(the same, and more)"
WORDING = "(nearly the same words)"
TYPOGRAPHY = "(the same letters)"
NATIVE_PATH = "(the same path, as the system writes it)"
REORDERED = "(the same items in another order)"
HOURS = "(hours apart)"
YEAR = "(the same but for the year)"
MOMENT = "(the same but for a moment)"
NEITHER = "(neither is more)"
DAY = "(a day apart)"
OFFSET = "(the same but for the time zone)"
OFFSETS = "(as far apart as offsets are)"
FEWER_BY_OFFSET = "(fewer than expected, as far apart as offsets are)"
NUMBERED = "(the same, and a number)"
SECOND = "(a second apart)"
REMARKS = (
    MOMENT,
    SHORT,
    ALMOST,
    TWICE,
    NEITHER,
    COMPOSED,
    LINE_ENDS,
    VERSION,
    DIGEST,
    WRITTEN,
    DAY,
    OFFSET,
    OFFSETS,
    NUMBERED,
    YEAR,
    PLATFORM,
    HOURS,
    MORE,
    WORDING,
    TYPOGRAPHY,
    ADDRESSES,
    NATIVE_PATH,
    REORDERED,
    SECOND,
    BRANCH,
    FEWER,
    FEWER_BY_OFFSET,
    *(remark for remark, _ in COUNTRIES),
)

SPACED = 8  # characters of both sides, where blanks are all that differs
LETTERS = 6  # that both sides share, before typography is what they differ in
WORDS = 4
WORDS_WITHIN = 3
ALIKE = 0.6  # share of words in common
HALF = 0.5  # of the words of a part that follow each other in the whole as well
LIMIT = 150  # words of a side that are compared
_EPOCH = re.compile(r"(?<![\w.])(1\d{9}(?:\d{3})?)(?:\.0+)?(?![\w.])")
_LONGEST_SHIFT = 14 * 3600
_JITTER = 1  # seconds that pass between two looks at the clock
_WORD = re.compile(r"[A-Za-z]{2,}")
_ITEM = re.compile(r"[\w.]+")
_MARKS = re.compile(r"[\W_]+")
_EXACT = re.compile(r"\d\.\d|:\d\d|\d{5}|\d, \d+, \d")
_MOMENT = re.compile(r"(?<=:\d\d)\.\d{1,9}|(?<=datetime\()((?:\d{1,4}, ){5}\d{1,2})(?:, \d{1,6})")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")
_SLASHES = re.compile(r"\\+(?=[\w.])")
_DRIVE = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\")
_RECORD = re.compile(r"\s*[\[{(<]|.*(?:['\"\w]\s?=|['\"]\s?:|\w\s?:(?=\s?[\[{'\"]))\s?[\[{'\"\d]")
_SAYS = re.compile(r"\w+ differ: |(?:expected|got|is|was):? +(?=[bru]?['\"<\d])")
_BLANK = re.compile(r"\s|\\[ntr]")
_ESCAPED = re.compile(r"\\[rnt]|\\x1b\[[\d;]*m")
_RUST = re.compile(r"`(.*)`,?(?:', [\w./\\-]+\.rs:\d+(?::\d+)?)?")
_USING = re.compile(r" \((?:compared )?using [^\s()]{1,10}\)$")  # as RSpec says by which method
_COUNTER = re.compile(r"(?:[-_ ]\d{1,3}|[ _-]?\(\d{1,3}\))(?=\.\w{1,5}$|$)")
_PATH = re.compile(r"[\w.@~\\/+-]+")  # and nothing beside it
_QUOTED = re.compile(r"[br]{0,2}(['\"])(.*)\1\s*", re.DOTALL)


def difference(actual: str, expected: str) -> str:
    """Say how a value differs from the one that was expected, or nothing."""
    actual, expected = _bare(actual), _bare(expected)
    if actual == expected:
        return ""
    return next((remark for remark, fits in _KINDS if fits(actual, expected)), "")


def _other_moment(actual: str, expected: str) -> bool:
    return _MOMENT.sub(r"\1", actual) == _MOMENT.sub(r"\1", expected)


def _neither_is_more(actual: str, expected: str) -> bool:
    """Say whether one moment, or one long number, should come before itself."""
    return expected[:2] in ("> ", "< ") and expected[2:] == actual and bool(_EXACT.search(actual))


def _other_year(actual: str, expected: str) -> bool:
    return _YEAR.sub("", actual) == _YEAR.sub("", expected)


def _hours_apart(actual: str, expected: str) -> bool:
    """Say whether two moments, in seconds or milliseconds, differ as the clocks of zones do."""
    one, other = _EPOCH.findall(actual), _EPOCH.findall(expected)
    if len(one) != 1 or len(other) != 1 or len(one[0]) != len(other[0]):
        return False
    second = 1000 if len(one[0]) > 10 else 1
    apart = abs(int(one[0]) - int(other[0])) / second
    return 900 < apart <= _LONGEST_SHIFT and abs(apart - round(apart / 1800) * 1800) <= _JITTER


def _reordered(actual: str, expected: str) -> bool:
    mine, theirs = _ITEM.findall(actual), _ITEM.findall(expected)
    enough = 1 if ", " in actual else 2
    return len(mine) > enough and mine != theirs and sorted(mine) == sorted(theirs)


def within(part: str, whole: str) -> str:
    """Say how a text that should be part of another is nearly so, or nothing."""
    part, whole = _bare(part), _bare(whole)
    if _other_slashes(whole, part):
        return NATIVE_PATH if _native(whole, part) else ""
    mine = _letters(part)
    if len(mine) >= LETTERS and mine in _letters(whole):
        return TYPOGRAPHY
    if day_within(part, whole):
        return DAY
    if _YEAR.search(part) and _YEAR.sub("", part) in _YEAR.sub("", whole):
        return YEAR
    words, others = _words(part), _words(whole)
    if len(words) < WORDS_WITHIN:
        return ""
    follow, known = list(pairwise(words)), set(pairwise(others))
    found = sum(pair in known for pair in follow)
    return WORDING if HALF <= found / len(follow) < 1 else ""


def _bare(side: str) -> str:
    side = _USING.sub("", side.strip().rstrip(",;"))
    said = _SAYS.match(side)
    side = side[said.end() :] if said else side
    match = _RUST.fullmatch(side)
    side = match[1] if match else side
    match = _QUOTED.fullmatch(side)
    return match[2] if match else side


def _other_slashes(actual: str, expected: str) -> bool:
    """Say whether slashes are all that the one is to be found in the other for."""
    if "\\" not in actual or "/" not in expected or len(expected) < LETTERS:
        return False
    return expected not in actual and expected in _SLASHES.sub("/", actual)


def _slashes_alone(one: str, other: str) -> bool:
    return _other_slashes(one, other) or _other_slashes(other, one)


def _native(actual: str, expected: str) -> bool:
    """Say whether that is a path of the system's own; within data, both could be wrong."""
    alone = _PATH.fullmatch(actual) and actual[:2] != ".\\"
    return _other_slashes(actual, expected) and bool(alone or _DRIVE.search(actual))


def _letters(side: str) -> str:
    return _MARKS.sub("", _ESCAPED.sub(" ", side)).casefold()


def _typed_otherwise(actual: str, expected: str) -> bool:
    """Say whether case, quotes, blanks and punctuation are all that differs."""
    if _BLANK.sub("", actual) == _BLANK.sub("", expected):
        return len(_BLANK.sub("", actual)) >= SPACED
    mine, theirs = _letters(actual), _letters(expected)
    return mine == theirs and sum(one.isalpha() for one in mine) >= LETTERS


def _grew(actual: str, expected: str) -> bool:
    """Say whether the whole of what was expected is there, with more around it."""
    mine, theirs = _letters(actual), _letters(expected)
    return sum(one.isalpha() for one in theirs) >= LETTERS and theirs in mine


def _numbered(actual: str, expected: str) -> bool:
    """Say whether a number was added to a name: as is done where the name is taken."""
    mine = _COUNTER.sub("", actual)
    return mine != actual and mine == expected and bool(_WORD.search(mine))


def _fewer_by_offset(actual: str, expected: str) -> bool:
    return offsets_apart(actual, expected) and fewer_than_expected(actual, expected)


def _words(side: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(side)][:LIMIT]


def _reworded(actual: str, expected: str) -> bool:
    """Say whether both are sentences, and most of their words are the same; data is none."""
    if _RECORD.match(actual) or _RECORD.match(expected):
        return False
    mine, theirs = _words(actual), _words(expected)
    if min(len(mine), len(theirs)) < WORDS or mine == theirs:
        return False
    shared = (Counter(mine) & Counter(theirs)).total()
    return 2 * shared / (len(mine) + len(theirs)) >= ALIKE


_KINDS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    (REORDERED, _reordered),
    (NEITHER, _neither_is_more),
    (SHORT, short_of_it),
    *COUNTRIES,
    (SECOND, a_second_apart),
    (ALMOST, almost_the_same),
    (COMPOSED, composed_otherwise),
    (HOURS, _hours_apart),
    (LINE_ENDS, other_line_ends),
    (VERSION, other_version),
    (BRANCH, other_branch),
    (DIGEST, other_digest),
    (HOURS, other_hour),
    (MOMENT, _other_moment),
    (OFFSET, other_offset),
    (DAY, a_day_apart),
    (YEAR, _other_year),
    (FEWER_BY_OFFSET, _fewer_by_offset),
    (OFFSETS, offsets_apart),
    (TWICE, twice_as_much),
    (NUMBERED, _numbered),
    (PLATFORM, other_platform),
    (ADDRESSES, other_addresses),
    (NATIVE_PATH, _native),
    ("", _slashes_alone),
    (WRITTEN, written_otherwise),
    (TYPOGRAPHY, _typed_otherwise),
    (MORE, _grew),
    (WORDING, _reworded),
    (FEWER, fewer_than_expected),
)
