"""Stamps of log lines as times, and uptimes as times, as well as the log's anchors allow."""

from __future__ import annotations

import re
from calendar import timegm
from typing import NamedTuple

from diagnose.oom import Moment

LEAP = 2000  # stands for a year that is not written: it has a 29th of February
NEIGHBOURHOOD = 60  # seconds of uptime within which the least delay of a logger is looked for
DRIFT = 1e-4  # a clock that nobody sets may lose so much
QUARTER = 900  # zones are whole quarters of an hour from UTC
LATEST = 250_000_000_000  # seconds since the epoch: the last years of four digits
YEAR = 31_556_952
RTC = re.compile(r"setting system clock to .{0,60}?\((\d{9,11})\)")
HEADER = re.compile(r"(?:-- )?(?:Journal begins|Logs begin) at ")
AUDIT = re.compile(r"\baudit\((\d{9,11}\.\d{3}):\d+\)")

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
    r"\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
)
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?"
_MONTH_DAY = re.compile(
    rf"(?:(?P<month>[^\W_]{{1,9}}\.?)\s{{1,2}}(?P<day>\d\d?)|(?P<day_first>\d\d?)\.?\s"
    rf"(?P<month_second>[^\W\d_]{{2,9}}\.?))\s(?:(?P<year>\d{{4}})\s)?\s?{_CLOCK}"
    rf"(?:\s(?P<zone>UTC|GMT|[A-Z]{{3,4}}))?(?:\s(?P<year_last>\d{{4}}))?"
)
_NAMES = (
    "jan янв січ ene gen sty led jän ian oca tam",
    "feb fév fev фев лют lut úno şub helm",
    "mar mär maa мар бер mrt bře ožu",
    "apr avr abr апр кві kwi dub nis huh tra",
    "may mai maj май тра mei mag kvě svi tou",
    "jun juin giu июн чер cze čer haz kes",
    "jul juil lug июл лип lip čec tem hei",
    "aug aoû ago авг сер sie srp ağu elo",
    "sep сен вер wrz zář eyl syy set",
    "oct okt окт жов paź říj eki lok out ott",
    "nov ноя лис lis kas marr stu",
    "dec déc dez дек гру gru pro dic ara jou",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}


class Wall(NamedTuple):
    """A date as a line states it, in seconds; without a year it is one of the year 2000."""

    seconds: float
    error: float = 0.0
    zoned: bool = True
    dated: bool = True


def iso(text: str) -> Wall | None:
    """Read the first ISO date of a text."""
    match = _ISO.search(text)
    if not match:
        return None
    *parts, fraction, zone = match.groups()
    whole = _epoch(*map(int, parts))
    if whole is None:
        return None
    error = 0.5 * 10.0 ** -len(fraction or "")
    seconds = whole + (float(f"0.{fraction}") if fraction else 0.0)
    return Wall(seconds - _offset(zone or ""), error, bool(zone))


def written(text: str) -> Wall | None:
    """Read a date with a month's name, in many languages: of syslog, or of `dmesg -T`."""
    match = _MONTH_DAY.search(text)
    if not match:
        return None
    number = month(match["month"] or match["month_second"])
    year = match["year"] or match["year_last"]
    if not number:
        return None
    day = int(match["day"] or match["day_first"])
    clock = int(match["hour"]), int(match["minute"]), int(match["second"])
    whole = _epoch(int(year or LEAP), number, day, *clock)
    if whole is None:
        return None
    fraction = match["part"]
    seconds = whole + (float(f"0.{fraction}") if fraction else 0.0)
    error = 0.5 * 10.0 ** -len(fraction or "")
    return Wall(seconds, error, match["zone"] in ("UTC", "GMT"), bool(year))


def month(word: str) -> int:
    """Number a month by its name, or by a name that is a number; 0 if it is none."""
    word = word.lower().rstrip(".")
    if digits := re.match(r"(\d\d?)[月월]", word):
        return int(digits[1]) if int(digits[1]) <= 12 else 0
    for length in (4, 3):
        if number := MONTHS.get(word[:length]):
            return number
    return 0


def _epoch(*parts: int) -> float | None:
    """Turn year, month, day, hour, minute and second into seconds, if there is such a moment."""
    lows, highs = (1970, 1, 1, 0, 0, 0), (9000, 12, 31, 23, 59, 60)
    if all(map(_between, lows, parts, highs)):
        return float(timegm(parts))
    return None


def _between(low: int, value: int, high: int) -> bool:
    return low <= value <= high


def _offset(zone: str) -> int:
    if zone[:1] not in ("+", "-"):
        return 0
    digits = zone[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60
    return -seconds if zone[0] == "-" else seconds


def in_year_of(wall: Wall, near: float) -> float:
    """Put a date without a year into the year that brings it nearest to another."""
    this = 1970 + int(near // YEAR)
    moved = (_moved(wall.seconds, year) for year in (this - 1, this, this + 1))
    return min(moved, key=lambda seconds: abs(seconds - near))


def _moved(seconds: float, year: int) -> float:
    start = timegm((LEAP, 1, 1, 0, 0, 0))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    after_february = seconds - start >= 60 * 86400
    missing = 86400 if after_february and not leap else 0
    return seconds - start - missing + timegm((year, 1, 1, 0, 0, 0))


class Clock:
    """What a log tells of its clocks: which uptime, of which boot, was what time."""

    def __init__(self) -> None:
        self._anchors: dict[int, list[tuple[float, float, float]]] = {}
        self._least: dict[tuple[int, int], float] = {}
        self._unplaced: list[tuple[Wall, float]] = []
        self._near: float | None = None

    def learn(self, boot: int, uptime: float | None, wall: Wall | None, text: str) -> None:
        """Take in what one line says of time."""
        if uptime is not None and wall is not None:
            key = boot, int(uptime // NEIGHBOURHOOD)
            delay = wall.seconds - uptime
            self._least[key] = min(delay, self._least.get(key, delay))
        if wall is not None and wall.dated:
            self._near = wall.seconds
        if "egin" in text and HEADER.match(text):
            self._head(iso(text))
        if (anchor := _anchor(text)) is None:
            return
        seconds, error = anchor
        self._near = seconds
        if uptime is not None:
            self._anchors.setdefault(boot, []).append((uptime, seconds - uptime, error))
        if wall is not None and not wall.zoned:
            self._unplaced.append((wall, seconds))

    def _head(self, begun: Wall | None) -> None:
        """Take year and zone from the journal's own first line."""
        if begun is not None:
            self._near = begun.seconds
        if begun is not None and begun.zoned:
            self._unplaced.append((begun._replace(zoned=False), begun.seconds))

    def moment(self, boot: int, uptime: float | None, wall: Wall | None) -> Moment:
        """Say when it was, from the line's own stamps if it has any, else from the anchors."""
        if wall is not None:
            return self._stated(boot, uptime, wall)
        if uptime is None:
            return Moment(boot=boot)
        best = min(
            (
                (error + DRIFT * abs(at - uptime), offset)
                for at, offset, error in self._anchors.get(boot, ())
            ),
            default=None,
        )
        if best is None:
            return Moment(uptime, boot=boot)
        return Moment(uptime, _possible(uptime + best[1]), best[0], boot=boot)

    def _stated(self, boot: int, uptime: float | None, wall: Wall) -> Moment:
        seconds, error = wall.seconds, wall.error
        if uptime is not None:
            bucket = int(uptime // NEIGHBOURHOOD)
            near = [self._least.get((boot, bucket + step)) for step in (-1, 0)]
            least = min([delay for delay in near if delay is not None], default=seconds - uptime)
            if 0 < seconds - uptime - least < 5:  # a logger may be late, but never early
                seconds = uptime + least
            error += 0.5
        if not wall.dated:
            if self._near is None:
                return Moment(uptime, None, error, wall.zoned, seconds, boot)
            seconds = in_year_of(wall._replace(seconds=seconds), self._near)
        zone = self._zone() if not wall.zoned else 0
        time = _possible(seconds - (zone or 0))
        return Moment(uptime, time, error, zone is not None, boot=boot)

    def _zone(self) -> int | None:
        """Return how far local time is from UTC, where a line has a stamp and a true time."""
        for wall, seconds in self._unplaced:
            stated = wall.seconds if wall.dated else in_year_of(wall, seconds)
            zone = round((stated - seconds) / QUARTER) * QUARTER
            if abs(zone) <= 14 * 3600 and abs(stated - seconds - zone) < 120:
                return zone
        return None


def _possible(seconds: float) -> float | None:
    """Return a time that a calendar can show."""
    return seconds if 0 <= seconds < LATEST else None


def _anchor(text: str) -> tuple[float, float] | None:
    """Read the true time that a line states, and its error."""
    if "system clock" in text and (match := RTC.search(text)):
        return int(match[1]) + 0.5, 0.5  # the kernel reads whole seconds and sets the half
    if "audit(" in text and (match := AUDIT.search(text)):
        return float(match[1]), 0.05
    return None
