"""How far two texts are apart that tell a day, or the offset of a time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

MOST = 8  # dates of a side that are compared
FEW = 5  # words beside the numbers of a date
TICK = 2  # seconds between two looks at the clock, at most
DAY = timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_IN_FULL = (  # or in three letters: beside a day alone, more words begin like months
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
      | (?<!\d)(?P<d6>\d\d?)[ ](?P<name6>{_IN_FULL})\b\.?(?![ ]\d)""",
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
_HOUR = re.compile(r"(?<![\d:.])[012]\d(?=:[0-5]\d(?:\D|$))")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|Z|(?:Africa|America|Asia|Australia|Europe|Pacific|Etc|US)/\w+)(?!\w)"
)
_STAMP = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)[T ](?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)"
    r"(?P<f>[.,]\d{1,9})?|datetime\((?P<call>\d{4}(?:, \d{1,2}){4,5}(?:, \d{1,6})?)(?=[,)])"
    r"|(?<![\w.:-])(?P<epoch>1\d{9})(?P<ms>\d{3})?(?P<ef>\.\d{1,9})?(?![\w.])"
)
_MONTH = re.compile(_NAMED, re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FRACTION = re.compile(r"(?<=tv_nsec: )\d+|(?<=nanos: )\d+")
_SECOND = re.compile(r"(?<![\d:])\d\d:\d\d:\d\d(?![\d:])")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
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


def day_within(part: str, whole: str) -> bool:
    """Say whether a text would be found in another, were its date the day before or after."""
    mine, theirs = _days(part), _days(whole)
    if len(mine) != 1 or any(set(mine[0]) & set(other) for other in theirs):
        return False
    return any(_near(mine[0], other) for other in theirs) and _rest(part) in _rest(whole)


def a_tick_apart(actual: str, expected: str) -> bool:
    """Say whether moments are all that differs, and by no more than passes between two looks."""
    if _STAMP.sub("", actual) != _STAMP.sub("", expected):
        return False
    mine, theirs = ([*map(_moment, _STAMP.finditer(side))] for side in (actual, expected))
    apart = [abs(one - other) for one, other in zip(mine, theirs, strict=False)]
    return len(mine) == len(theirs) <= MOST and 0 < max(apart, default=0) <= TICK


def another_second(actual: str, expected: str) -> bool:
    """Say whether dates are the same but for the second of the day, or for a share of it."""
    if _FRACTION.sub("", actual) == _FRACTION.sub("", expected):
        return True
    one, other = _SECOND.findall(actual), _SECOND.findall(expected)
    if len(one) != 1 or len(other) != 1 or _SECOND.sub("", actual) != _SECOND.sub("", expected):
        return False
    mine, its = ([int(part) for part in side[0].split(":")] for side in (one, other))
    apart = sum((a - b) * unit for a, b, unit in zip(mine, its, (3600, 60, 1), strict=True))
    return bool(_DATED.search(actual)) and 0 < abs(apart) <= TICK


def _moment(match: re.Match[str]) -> float:
    """Return a moment in seconds; what is no moment is none of this century."""
    said = match.groupdict()
    if said["epoch"]:
        return int(said["epoch"]) + float(f"0.{said['ms'] or 0}") + float(said["ef"] or 0)
    if said["call"]:
        year, month, day, hour, minute, *rest = map(int, said["call"].split(", "))
        second = (rest[0] if rest else 0) + (rest[1] / 1e6 if len(rest) > 1 else 0)
    else:
        year, month, day, hour, minute = (int(said[part]) for part in "ymdHM")
        second = int(said["S"]) + float((said["f"] or "0").replace(",", "."))
    try:
        return date(year, month, day).toordinal() * 86400 + hour * 3600 + minute * 60 + second
    except ValueError:
        return 0.0


def other_offset(actual: str, expected: str) -> bool:
    """Say whether the offset or the name of the time zone is all that differs."""
    pairs = ((_OFFSET, r"\g<clock>"), (_ZONE, ""))
    return any(kind.sub(bare, actual) == kind.sub(bare, expected) for kind, bare in pairs)


def other_hour(actual: str, expected: str) -> bool:
    """Say whether the hour of a time of day is all that differs."""
    return bool(_HOUR.search(actual)) and _HOUR.sub("", actual) == _HOUR.sub("", expected)


def other_country(actual: str, expected: str) -> bool:
    """Say whether one date is written as two countries, or two languages, do."""
    numbers, its = sorted(_DIGITS.findall(actual)), sorted(_DIGITS.findall(expected))
    if numbers != its or not any(map(_YEAR.fullmatch, numbers)):
        return False
    mine, theirs = (sorted(map(_month, _WORDS.findall(side))) for side in (actual, expected))
    one, other = ([word for word in side if word in _MONTHS] for side in (mine, theirs))
    if one and other:
        return mine == theirs
    return bool(one or other) and max(len(mine), len(theirs)) <= FEW


def _month(word: str) -> str:
    """Return a month by its first letters, which many languages share, and a word as it is."""
    return word[:3].lower() if _MONTH.fullmatch(word) else word


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
        day = said["d4"] or said["d5"] or said["d6"]
        orders = [(said["y4"] or said["y5"] or "2001", month, day)]
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
