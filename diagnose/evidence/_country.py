"""How two countries, or the data of two versions about them, write the same number or date."""

from __future__ import annotations

import re
from collections.abc import Callable

DECIMAL = "(the same number, as another country writes it)"
DATED = "(the same date, as another country writes it)"
GROUPED = "(the same number, grouped otherwise)"
BLANKS = "(the same but for the kind of a blank)"
DIGITS = "(the same number, with more digits)"

PUNCTUATED = "(the same date, in other marks)"
LANGUAGE = "(the same in another language)"

LETTERS = 3  # of another alphabet that are a word
EXACT = 12  # digits from which on a number that goes on was cut, and not meant to be round
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]|\\\\u(?:00a0|202f|2009)|\\\\xa0")
_POINT = re.compile("(?<=\\d)[.,\u00a0\u202f\u2019](?=\\d)")
_GROUP = re.compile("(?<=\\d)[.,'\u2019 \u00a0\u202f](?=\\d{3}(?!\\d))")
_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?!\d)")
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d\d?)[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?(?!\d)"
)
_MARKS = re.compile(r"[^\w\"']+")
_MONTH = r"(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|ago|sep|set|o[ck]t|nov|de[czs])[a-z]{0,6}"
_TIMELY = re.compile(
    rf"\d[- ./,]{_MONTH}\.?[- ./,]\d|\d[:.]\d\d[:.]\d\d(?!\d)|\d\d?[-/.]\d\d?[-/.]\d{{2,4}}",
    re.IGNORECASE | re.ASCII,
)
_NAMED = re.compile(
    rf"\b\d\d?(?:st|nd|rd|th)?[ .]{{1,2}}{_MONTH}[ .,]{{1,2}}\d{{4}}\b"
    rf"|\b{_MONTH}[ .]{{1,2}}\d\d?,? \d{{4}}\b",
    re.IGNORECASE | re.ASCII,
)
_NUMBERS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_LONG = re.compile(r"(?<![\d.,])\d{1,15}(?:[.,]\d{1,30})?")


def other_points(actual: str, expected: str) -> bool:
    """Say whether points and commas between digits are all that differs."""
    mine, theirs = _POINT.sub("", actual), _POINT.sub("", expected)
    return mine == theirs and len(mine) < len(actual) == len(expected)


def points_within(part: str, whole: str) -> bool:
    """Say whether a part is there but for points and commas between digits."""
    mine = _POINT.sub("#", part)
    return mine != part and part not in whole and mine in _POINT.sub("#", whole)


def other_blanks(actual: str, expected: str) -> bool:
    """Say whether one has blanks of typographers where the other has plain ones."""
    one, other = _BLANKS.sub(" ", actual), _BLANKS.sub(" ", expected)
    return one == other and (one == actual or other == expected)


def grouped_otherwise(actual: str, expected: str) -> bool:
    """Say whether what stands between thousands is all that differs."""
    return _GROUP.sub("", actual) == _GROUP.sub("", expected)


def dated_otherwise(actual: str, expected: str) -> bool:
    """Say whether both tell one day, and one time of it if any, in another order or with halves."""
    mine, theirs = _moment(actual), _moment(expected)
    return mine is not None and mine == theirs


def _moment(side: str) -> tuple[list[int], list[int], str] | None:
    """Take the numbers of the only date apart, and the time that stands beside it."""
    dates = _DATE.findall(side)
    if not dates and len(_NAMED.findall(side)) == 1:
        words = _WORD.findall(side.lower())
        return sorted(map(int, _NUMBERS.findall(side))), [], " ".join(sorted(words))
    if len(dates) != 1:
        return None
    parts = sorted(int(part) % 100 for part in (dates[0][0], dates[0][2], dates[0][3]))
    rest = _DATE.sub("", side)
    clock = _CLOCK.search(rest)
    return parts, _clock(clock) if clock else [], _CLOCK.sub("", rest).strip(" ,")


def _clock(match: re.Match[str]) -> list[int]:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return [hour, int(match["minute"]), int(match["second"] or 0)]


def more_digits(actual: str, expected: str) -> bool:
    """Say whether numbers that were cut far behind the point are all that differs."""
    mine, theirs = _LONG.findall(actual), _LONG.findall(expected)
    if len(mine) != len(theirs) or _LONG.sub("#", actual) != _LONG.sub("#", expected):
        return False
    return mine != theirs and all(map(_goes_on, mine, theirs))


def _goes_on(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(long) > len(short) > EXACT and long.startswith(short[:-1])


def other_marks(actual: str, expected: str) -> bool:
    """Say whether marks between the parts of a date or a time are all that differs."""
    mine, theirs = _MARKS.sub("", actual), _MARKS.sub("", expected)
    return mine == theirs and bool(_TIMELY.search(actual) and _TIMELY.search(expected))


def other_language(actual: str, expected: str) -> bool:
    """Say whether words of another alphabet, beside the same numbers, are all that differs."""
    mine, theirs = _NUMBERS.findall(actual), _NUMBERS.findall(expected)
    if not mine or mine != theirs or actual.isascii() is expected.isascii():
        return False
    one, other = _WORD.findall(actual), _WORD.findall(expected)
    changed = sum(a != b for a, b in zip(one, other, strict=False))
    foreign = sum(letter.isalpha() and not letter.isascii() for letter in actual + expected)
    return len(one) == len(other) and 0 < changed <= len(one) and foreign >= LETTERS


KINDS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    (BLANKS, other_blanks),
    (DATED, dated_otherwise),
    (PUNCTUATED, other_marks),
    (DIGITS, more_digits),
    (DECIMAL, other_points),
    (GROUPED, grouped_otherwise),
    (LANGUAGE, other_language),
)
