"""How the two sides of a failed comparison differ, where the kind of difference tells something."""

from __future__ import annotations

import re
from collections.abc import Callable

from diagnose.evidence._country import DECIMAL, points_within
from diagnose.evidence._country import KINDS as COUNTRIES
from diagnose.evidence._margins import (
    ALMOST,
    BOUND,
    FEWER,
    GREW,
    RAN,
    SHORT,
    TWICE,
    a_few_more,
    almost_the_same,
    fewer_than_expected,
    just_over,
    ran_on,
    short_of_it,
    twice_as_much,
)
from diagnose.evidence._moments import (
    a_day_apart,
    a_tick_apart,
    another_second,
    day_within,
    offsets_apart,
    other_country,
    other_hour,
    other_offset,
)
from diagnose.evidence._wording import (
    LETTERS,
    MARKUP,
    MORE,
    TYPOGRAPHY,
    WORDING,
    grew,
    letters,
    nearly_within,
    other_markup,
    reworded,
    typed_otherwise,
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

ADDRESSES = "(the same but for addresses)"
NATIVE_PATH = "(the same path, as the system writes it)"
REORDERED = "(the same items in another order)"
HOURS = "(hours apart)"
YEAR = "(the same but for the year)"
PLATFORM = "(the same but for the platform)"
MOMENT = "(the same but for a moment)"
NEITHER = "(neither is more)"
DAY = "(a day apart)"
OFFSET = "(the same but for the time zone)"
OFFSETS = "(as far apart as offsets are)"
FEWER_BY_OFFSET = "(fewer than expected, as far apart as offsets are)"
FEWER_BY_LITTLE = "(fewer than expected, just under the bound)"
GREW_BY_OFFSET = "(a few more than that, as far apart as offsets are)"
NUMBERED = "(the same, and a number)"
COUNTRY = "(the same date, as another country writes it)"
TICK = "(a tick of the clock apart)"
REMARKS = (
    MOMENT,
    TICK,
    COUNTRY,
    RAN,
    GREW,
    BOUND,
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
    MARKUP,
    TYPOGRAPHY,
    ADDRESSES,
    NATIVE_PATH,
    REORDERED,
    BRANCH,
    *(remark for remark, _ in COUNTRIES),
    FEWER,
    FEWER_BY_LITTLE,
    FEWER_BY_OFFSET,
    GREW_BY_OFFSET,
)

_Fits = Callable[[str, str], bool]
_EPOCH = re.compile(r"(?<![\w.])(1\d{9}(?:\d{3})?)(?:\.0+)?(?![\w.])")
_LONGEST_SHIFT = 14 * 3600
_JITTER = 1  # seconds that pass between two looks at the clock
_ITEM = re.compile(r"[\w.]+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}|\bid='\d+'")
_PASSING = re.compile(  # what every run has new
    r"(?<![\w.])(?:/private)?/(?:tmp|var/folders)/[\w./+-]+|(?<=localhost:)\d+|(?<=127\.0\.0\.1:)\d+"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\bpid[ =:]+\d+",
    re.IGNORECASE,
)
_EXACT = re.compile(r"\d\.\d|:\d\d|\d{5}|\d, \d+, \d")
_MOMENT = re.compile(r"(?<=:\d\d)\.\d{1,9}|(?<=datetime\()((?:\d{1,4}, ){5}\d{1,2})(?:, \d{1,6})")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")
_PLATFORM = re.compile(
    r"(?<![a-z])(?:x86[_-]64|amd64|i[3-6]86|aarch64|arm64|ppc64(?:le)?|s390x|riscv64"
    r"|linux(?:-gnu)?|darwin|win(?:dows|32)|macos(?:x)?|runner(?:~1|admin))(?![a-z])|(?<![\w/])/private(?=/(?:tmp|var)/)",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"\\+(?=[\w.])")
_DRIVE = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\")
_SAYS = re.compile(r"\w+ differ: |(?:expected|got|is|was):? +(?=[bru]?['\"<\d\[({])")
_COUNTER = re.compile(r"(?:[-_ ]\d{1,3}|[ _-]?\(\d{1,3}\))(?=\.\w{1,5}$|$)")
_PATH = re.compile(r"[\w.@~\\/+-]+")  # and nothing beside it
_QUOTED = re.compile(r"[br]{0,2}(['\"`])(.*)\1\s*", re.DOTALL)
_LISTED = re.compile(r"\[[^\[\]\"']{1,400}\]")  # as Go prints a slice
_USING = re.compile(r" \((?:compared )?using [^\s()]{1,10}\)$")  # as RSpec says by which method
_PLACE = re.compile(r"(?<=`)', \S{1,200}\.rs:\d+:\d+$")  # behind what a panic of older Rust says


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


def _other_platform(actual: str, expected: str) -> bool:
    """Say whether the names of systems and processors are all that differs."""
    mine = _PLATFORM.sub("", actual)
    return mine != actual and mine == _PLATFORM.sub("", expected) and bool(_WORD.search(mine))


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
    enough = 1 if ", " in actual or _LISTED.fullmatch(actual) else 2
    return len(mine) > enough and mine != theirs and sorted(mine) == sorted(theirs)


def within(part: str, whole: str) -> str:
    """Say how a text that should be part of another is nearly so, or nothing."""
    part, whole = _bare(part), _bare(whole)
    if _other_slashes(whole, part):
        return NATIVE_PATH if _native(whole, part) else ""
    if points_within(part, whole):
        return DECIMAL
    mine = letters(part)
    if len(mine) >= LETTERS and mine in letters(whole):
        return TYPOGRAPHY
    if day_within(part, whole):
        return DAY
    if _YEAR.search(part) and _YEAR.sub("", part) in _YEAR.sub("", whole):
        return YEAR
    return WORDING if nearly_within(part, whole) else ""


def _bare(side: str) -> str:
    side = _USING.sub("", _PLACE.sub("", side.strip())).rstrip(",;")
    said = _SAYS.match(side)
    side = side[said.end() :] if said else side
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


def _other_addresses(actual: str, expected: str) -> bool:
    mine, theirs = _ADDRESS.sub("", actual), _ADDRESS.sub("", expected)
    if mine == theirs:
        return True
    mine = _PASSING.sub("", mine)
    return mine == _PASSING.sub("", theirs) and bool(_WORD.search(mine))


def _numbered(actual: str, expected: str) -> bool:
    """Say whether a number was added to a name: as is done where the name is taken."""
    mine = _COUNTER.sub("", actual)
    return mine != actual and mine == expected and bool(_WORD.search(mine))


def _both(one: _Fits, other: _Fits) -> _Fits:
    return lambda actual, expected: one(actual, expected) and other(actual, expected)


_KINDS: tuple[tuple[str, _Fits], ...] = (
    (REORDERED, _reordered),
    (NEITHER, _neither_is_more),
    (SHORT, short_of_it),
    *COUNTRIES,
    (ALMOST, almost_the_same),
    (FEWER_BY_LITTLE, _both(fewer_than_expected, just_over)),
    (BOUND, just_over),
    (GREW_BY_OFFSET, _both(a_few_more, offsets_apart)),
    (GREW, a_few_more),
    (RAN, ran_on),
    (COMPOSED, composed_otherwise),
    (HOURS, _hours_apart),
    (LINE_ENDS, other_line_ends),
    (VERSION, other_version),
    (BRANCH, other_branch),
    (DIGEST, other_digest),
    (HOURS, other_hour),
    (MOMENT, _other_moment),
    (TICK, a_tick_apart),
    (TICK, another_second),
    (OFFSET, other_offset),
    (DAY, a_day_apart),
    (YEAR, _other_year),
    (FEWER_BY_OFFSET, _both(fewer_than_expected, offsets_apart)),
    (OFFSETS, offsets_apart),
    (TWICE, twice_as_much),
    (COUNTRY, other_country),
    (NUMBERED, _numbered),
    (PLATFORM, _other_platform),
    (ADDRESSES, _other_addresses),
    (NATIVE_PATH, _native),
    ("", _slashes_alone),
    (WRITTEN, written_otherwise),
    (TYPOGRAPHY, typed_otherwise),
    (MORE, grew),
    (WORDING, reworded),
    (MARKUP, other_markup),
    (FEWER, fewer_than_expected),
)
