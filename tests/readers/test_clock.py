"""Stamps and uptimes become times, as far as a log tells."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.readers import _clock
from diagnose.readers._clock import Clock, Wall

MORNING = datetime(2026, 3, 3, 7, 14, 2, tzinfo=UTC).timestamp()
RTC = "rtc_cmos 00:04: setting system clock to 2026-03-03T07:14:02 UTC (1772522042)"


def utc(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[misc, arg-type]  # no tzinfo in parts


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-03T07:14:02Z",
        "2026-03-03T07:14:02+0000",
        "2026-03-03T08:14:02,000000+01:00",
        "2026-03-03T12:44:02.000+0530",
        "Tue 2026-03-03 07:14:02 UTC",
        "2026-03-03 08:14:02 +01",
    ],
)
def test_an_iso_date_is_a_time_whatever_its_zone(text: str) -> None:
    wall = _clock.iso(text)
    assert wall is not None
    assert (wall.seconds, wall.zoned) == (MORNING, True)


def test_a_date_without_a_zone_says_so() -> None:
    assert _clock.iso("2026-03-03T07:14:02") == Wall(MORNING, 0.5, zoned=False)


@pytest.mark.parametrize(
    "text",
    [
        "Tue Mar  3 07:14:02 2026",
        "Di Mär  3 07:14:02 2026",
        "mar. mars  3 07:14:02 2026",
        "вт мар  3 07:14:02 2026",
        "火  3月  3 07:14:02 2026",
        "Mar  3 2026 07:14:02",
    ],
)
def test_a_month_is_known_in_many_languages(text: str) -> None:
    assert _clock.written(text) == Wall(MORNING, 0.5, zoned=False)


@pytest.mark.parametrize("text", ["3. Mar 07:14:02", "Mar 03 07:14:02.25", "3月 03 07:14:02"])
def test_a_date_without_a_year_waits_for_one(text: str) -> None:
    wall = _clock.written(text)
    assert wall is not None
    assert not wall.dated
    assert int(_clock.in_year_of(wall, MORNING)) == MORNING


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("Dec 31 23:59:50", utc(2027, 1, 1), utc(2026, 12, 31, 23, 59, 50)),
        ("Jan 01 00:00:10", utc(2026, 12, 31, 23), utc(2027, 1, 1, 0, 0, 10)),
        ("Mar 01 00:00:00", utc(2024, 2, 29), utc(2024, 3, 1)),
        ("Mar 01 00:00:00", utc(2026, 2, 28), utc(2026, 3, 1)),
    ],
)
def test_the_year_is_the_one_that_brings_it_near(text: str, near: float, expected: float) -> None:
    wall = _clock.written(text)
    assert wall is not None
    assert _clock.in_year_of(wall, near) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Foo 03 07:14:02", "2026-13-03T07:14:02Z", "Mar 03 27:14:02", "0000-01-01T00:00:00Z"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert _clock.iso(text) is None
    assert _clock.written(text) is None


def test_an_uptime_needs_an_anchor() -> None:
    clock = Clock()
    assert clock.moment(0, 12.5, None).time is None
    clock.learn(0, 2.0, None, RTC)
    moment = clock.moment(0, 12.5, None)
    assert moment.time == MORNING + 11.0  # the clock was set to the half of that second
    assert moment.error == pytest.approx(0.5, abs=0.01)
    assert clock.moment(1, 12.5, None).time is None, "another boot has another clock"


def test_the_nearer_and_surer_anchor_counts() -> None:
    clock = Clock()
    clock.learn(0, 2.0, None, RTC)
    clock.learn(0, 2.5, None, "audit: type=2000 audit(1772522043.250:1): state=initialized")
    assert clock.moment(0, 10.0, None).time == pytest.approx(1772522043.25 + 7.5)


def test_an_anchor_in_local_time_tells_the_zone_and_the_year() -> None:
    clock = Clock()
    clock.learn(0, None, _clock.written("Mar 03 08:14:03"), RTC)
    moment = clock.moment(0, None, _clock.written("Mar 03 09:00:00"))
    assert moment.time == utc(2026, 3, 3, 8)
    assert moment.zoned


def test_the_first_line_of_a_journal_tells_the_zone_and_the_year() -> None:
    clock = Clock()
    clock.learn(0, None, None, "-- Logs begin at Mon 2026-03-02 10:00:00 UTC, end at Tue. --")
    moment = clock.moment(0, None, _clock.written("Mar 03 07:14:02"))
    assert (moment.time, moment.zoned) == (MORNING, True)


def test_without_a_year_a_moment_keeps_what_is_known() -> None:
    moment = Clock().moment(0, None, _clock.written("Mar 03 09:00:00"))
    assert moment.time is None
    assert moment.yearless == utc(_clock.LEAP, 3, 3, 9)


def test_a_logger_may_be_late_but_never_early() -> None:
    clock = Clock()
    clock.learn(0, 100.0, Wall(MORNING), "")
    clock.learn(0, 101.0, Wall(MORNING + 4), "")
    assert clock.moment(0, 101.0, Wall(MORNING + 4)).time == MORNING + 1


def test_after_a_suspend_the_offset_is_another() -> None:
    clock = Clock()
    clock.learn(0, 100.0, Wall(MORNING), "")
    clock.learn(0, 101.0, Wall(MORNING + 7200), "")
    assert clock.moment(0, 101.0, Wall(MORNING + 7200)).time == MORNING + 7200


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    _clock.iso(text)
    _clock.written(text)
    Clock().learn(0, 1.0, None, text)
