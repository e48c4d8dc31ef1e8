"""How far two texts are apart that tell a day, or the offset of a time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

MOST = 8  # dates of a side that are compared
DAY = timedelta(days=1)
TICKS = 2  # seconds that a clock goes on between two looks
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_MONTH = (  # in full or in three letters: beside a day alone, more words begin like months
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"""(?<!\d)(?P<y>(?:19|20)\d\d)(?P<by>[-/.]?)(?P<m>[01]\d)(?P=by)(?P<d>[0-3]\d)(?!\d)
      | \bdate(?:time)?\((?P<y2>\d{{4}}),\ (?P<m2>\d\d?),\ (?P<d2>\d\d?)
      | (?<![\d.])(?P<one>\d\d?)(?P<sep>[-/.])(?P<other>\d\d?)(?P=sep)(?P<y3>(?:19|20)\d\d)(?!\d)
      | \b(?P<name>{_NAMED})\.?\ {{1,2}}(?P<d4>\d\d?)(?:st|nd|rd|th)?,?
        (?:\ (?P<y4>\d{{4}}))?(?![\d:])
      | (?<!\d)(?P<d5>\d\d?)(?:st|nd|rd|th)?[ -](?P<name5>{_NAMED})\.?,?[ -](?P<y5>\d{{4}})\b
      | (?<!\d)(?P<d6>\d\d?)[ ](?P<name6>{_MONTH})\b\.?(?![ ]\d)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,  # or else an old long s begins a month
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(r"[T ]?\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d))?")
_LETTER = re.compile(r"[^\W_]+")
_OFFSET = re.compile(
    r"(?P<clock>\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s?"
    r"(?:Z|[A-Z]{3,5}|(?:GMT|UTC)?[+-]\d\d:?\d\d)(?![\w:])"
)
_TIME = re.compile(r"(?<![\d:])([012]\d):([0-5]\d):([0-5]\d)(?:[.,]\d{1,9})?(?![\d:])")
_EPOCH = re.compile(r"1[5-9]\d{8}(?:\.\d{1,9})?")
_HOUR = re.compile(r"(?<![\d:.])[012]\d(?=:[0-5]\d(?:\D|$))")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|Z|(?:Africa|America|Asia|Australia|Europe|Pacific|Etc|US)/\w+)(?!\w)"
)
_OFFSETS = ((1, 2, 23), (30, 60, 840), (1800, 3600, 50400))  # in hours, minutes, seconds
_NUMBER = re.compile(r"[-+]?\d{1,5}(?:\.0)?")


def a_day_apart(actual: str, expected: str) -> bool:
    """Say whether both tell the same but for one day, as zones east and west of each other do."""
    mine, theirs = _days(actual), _days(expected)
    if not mine or len(mine) != len(theirs):
        return _weekday_apart(actual, expected)
    apart = [not set(one) & set(other) for one, other in zip(mine, theirs, strict=True)]
    near = [_near(one, other) for one, other in zip(mine, theirs, strict=True)]
    if not any(apart) or any(far and not by for far, by in zip(apart, near, strict=True)):
        return False
    return _rest(actual) == _rest(expected)


def a_second_apart(actual: str, expected: str) -> bool:
    """Say whether both tell one time, but that the clock had gone on to the next second."""
    if _EPOCH.fullmatch(actual) and _EPOCH.fullmatch(expected):
        return 0 < abs(float(actual) - float(expected)) <= TICKS
    one, other = _TIME.findall(actual), _TIME.findall(expected)
    if len(one) != 1 or len(other) != 1 or _TIME.sub("", actual) != _TIME.sub("", expected):
        return False
    mine, theirs = (int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in (one[0], other[0]))
    return 0 < abs(mine - theirs) <= TICKS


def day_within(part: str, whole: str) -> bool:
    """Say whether a text would be found in another, were its date the day before or after."""
    mine, theirs = _days(part), _days(whole)
    if len(mine) != 1 or any(set(mine[0]) & set(other) for other in theirs):
        return False
    return any(_near(mine[0], other) for other in theirs) and _rest(part) in _rest(whole)


def other_offset(actual: str, expected: str) -> bool:
    """Say whether the offset or the name of the time zone is all that differs."""
    pairs = ((_OFFSET, r"\g<clock>"), (_ZONE, ""))
    return any(kind.sub(bare, actual) == kind.sub(bare, expected) for kind, bare in pairs)


def other_hour(actual: str, expected: str) -> bool:
    """Say whether the hour of a time of day is all that differs."""
    return bool(_HOUR.search(actual)) and _HOUR.sub("", actual) == _HOUR.sub("", expected)


def offsets_apart(actual: str, expected: str) -> bool:
    """Say whether two bare numbers differ as the offsets of two zones, or of summer, do."""
    if not (_NUMBER.fullmatch(actual) and _NUMBER.fullmatch(expected)):
        return False
    one, other = float(actual), float(expected)
    most = max(abs(one), abs(other))
    return any(
        least <= most <= longest and one % step == other % step == 0
        for step, least, longest in _OFFSETS
    )


def _days(side: str) -> list[tuple[date, ...]]:
    """List the dates of a text, each with all that it may mean."""
    found = (tuple(_read(match)) for match in _DATE.finditer(side))
    return [days for days in found if days][:MOST]


def _read(match: re.Match[str]) -> Iterator[date]:
    """Yield what a date may mean: of two numbers, either may be the month."""
    said = match.groupdict()
    if name := said["name"] or said["name5"] or said["name6"]:
        month = str(_MONTHS.index(name[:3].lower()) + 1)
        orders = [
            (said["y4"] or said["y5"] or "2001", month, said["d4"] or said["d5"] or said["d6"])
        ]
    elif one := said["one"]:
        orders = [(said["y3"], one, said["other"]), (said["y3"], said["other"], one)]
    else:
        orders = [(said["y"] or said["y2"], said["m"] or said["m2"], said["d"] or said["d2"])]
    for year, month, day in dict.fromkeys(orders):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue


def _near(one: tuple[date, ...], other: tuple[date, ...]) -> bool:
    return any(abs(mine - its) == DAY for mine in one for its in other)


def _weekday_apart(actual: str, expected: str) -> bool:
    mine, theirs = _WEEKDAY.findall(actual), _WEEKDAY.findall(expected)
    if len(mine) != 1 or len(theirs) != 1:
        return False
    one, other = (_DAYS.index(name[:3].lower()) for name in (mine[0], theirs[0]))
    alone = _WEEKDAY.sub("", actual) == _WEEKDAY.sub("", expected)
    return alone and (one - other) % len(_DAYS) in (1, len(_DAYS) - 1)


def _rest(side: str) -> str:
    """Return the words beside dates and times of day, without blanks and punctuation."""
    bare = _CLOCK.sub(" ", _WEEKDAY.sub(" ", _DATE.sub(" ", side)))
    return "".join(word.casefold() for word in _LETTER.findall(bare) if not word.isdigit())
