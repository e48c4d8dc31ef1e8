"""Which differences between the two sides of a comparison tell something, and which don't."""

from __future__ import annotations

import pytest

from diagnose.evidence._comparison import compared
from diagnose.evidence._country import (
    BLANKS,
    DATED,
    DECIMAL,
    DIGITS,
    GROUPED,
    LANGUAGE,
    PUNCTUATED,
)
from diagnose.evidence._difference import (
    ADDRESSES,
    COUNTRY,
    DAY,
    FEWER_BY_LITTLE,
    FEWER_BY_OFFSET,
    GREW_BY_OFFSET,
    HOURS,
    MOMENT,
    NATIVE_PATH,
    NEITHER,
    NUMBERED,
    OFFSET,
    OFFSETS,
    PLATFORM,
    REORDERED,
    TICK,
    YEAR,
    difference,
    within,
)
from diagnose.evidence._line import Line
from diagnose.evidence._margins import ALMOST, BOUND, FEWER, GREW, RAN, SHORT, TWICE
from diagnose.evidence._wording import MARKUP, MORE, TYPOGRAPHY, WORDING
from diagnose.evidence._writing import BRANCH, COMPOSED, DIGEST, LINE_ENDS, VERSION, WRITTEN
from diagnose.family import LONGEST
from tests import pace


@pytest.mark.parametrize(
    ("actual", "expected", "kind"),
    [
        ("'order=7;state=open;queue=2'", "'order=7;state=open'", MORE),
        ("'the order 7 was refused by us'", "'the order 7 has been refused by us'", WORDING),
        ("<Refused {status: 400}>", "<Refused {:status=>400}>", TYPOGRAPHY),
        ("<Order object at 0x7f3a10>", "<Order object at 0x7f3b22>", ADDRESSES),
        (r"'D:\\work\\reports\\day.txt'", "'reports/day.txt'", NATIVE_PATH),
        (r"'notes\day.txt'", "'notes/day.txt'", NATIVE_PATH),
        (r"'one line\r\nanother\r\n'", r"'one line\nanother\n'", LINE_ENDS),
        ("1577836800000", "1577833200000", HOURS),
        ("1577836800.0", "1577840400.0", HOURS),
        ("08:30", "10:30", HOURS),
        ("'2024-03-14'", "'2024-03-13'", DAY),
        ('"Fri Mar  3"', '"Thu Mar  2"', DAY),
        ("datetime.date(2024, 3, 1)", "datetime.date(2024, 2, 29)", DAY),
        ("'12/31/2019'", "'1/1/2020'", DAY),
        ("{ today: 'March 16, 2018' }", "{ today: 'March 15, 2018' }", DAY),
        ("'1 Jan 2020, 00:30'", "'31 Dec 2019, 23:30'", DAY),
        ("'open on Sunday'", "'open on Monday'", DAY),
        ("2014-11-02 00:00:00.0 -0700", "2014-11-02 00:00:00.0 -0800", OFFSET),
        ("'10:00:00Z'", "'10:00:00+02:00'", OFFSET),
        ("datetime64[ns, UTC]", "datetime64[ns, Europe/Vienna]", OFFSET),
        ("-480", "-420", OFFSETS),
        ("-7", "-8", OFFSETS),
        ("7200", "3600", OFFSETS),
        ("'report-1'", "'report'", NUMBERED),
        ("'report (2).txt'", "'report.txt'", NUMBERED),
        ("'2016-05-01 00:00:00'", "'2017-05-01 00:00:00'", YEAR),
        ("datetime(2024, 3, 1, 9, 0, 0, 123)", "datetime(2024, 3, 1, 9, 0, 0, 456)", MOMENT),
        ("'09:00:00.125'", "'09:00:00.250'", MOMENT),
        ("'./shop-1.2.i386.rpm'", "'./shop-1.2.x86_64.rpm'", PLATFORM),
        ("'/private/tmp/shop/day.txt'", "'/tmp/shop/day.txt'", PLATFORM),
        ("['a', 'b', 'c']", "['b', 'a', 'c']", REORDERED),
        ('"1.250,50"', '"1,250.50"', DECIMAL),
        ("'9:00\u202fAM'", "'9:00 AM'", BLANKS),
        ("25/12/2014 13:21", "12/25/2014 1:21 PM", DATED),
        ("'11. November 2011'", "'November 11, 2011'", DATED),
        ("'1 feb 2018'", "'1-feb-2018'", PUNCTUATED),
        ("'1,2345678912345679E6'", "'1,23456789123457E6'", DIGITS),
        ("'€1234,56'", "'€1.234,56'", GROUPED),
        ("'июн 15 15:25:00'", "'Jun 15 15:25:00'", LANGUAGE),
        ("'https://example.com/?at=main'", "'https://example.com/?at=master'", BRANCH),
        ("'SPT (07 Apr)'", "'SPT (06 Apr)'", DAY),
        ('["b", "a", "c"] (using ==)', '["a", "b", "c"]', REORDERED),
        ("'shop/1.2 (linux)'", "'shop/1.3 (linux)'", VERSION),
        ("'shop 1.2.4rc1 is open'", "'shop 1.2.3 is open'", VERSION),
        ("'" + "0a" * 16 + "'", "'" + "1b" * 16 + "'", DIGEST),
        ("'sha256:" + "0a" * 32 + "'", "'sha256:" + "1b" * 32 + "'", DIGEST),
        ("'Colour.RED is sold'", "'<Colour.RED: 1> is sold'", WRITTEN),
        ("['red', 'blue']", "[u'red', u'blue']", WRITTEN),
        ("[np.float64(1.5), 2]", "[1.5, 2]", WRITTEN),
        ("0.0998", ">= 0.1", SHORT),
        ("99", "> 100", SHORT),
        ("40", "42", FEWER),
        ("3540", "3600", FEWER),  # more than a tick
        ("130", "160", FEWER),
        ("20", ">= 42", FEWER),
        ("40", ">= 42", FEWER_BY_LITTLE),
        ("[]", "['order 7']", FEWER),
        ("1", "2", FEWER_BY_OFFSET),
        ("""b'{"a": 1, "b": 2}'""", """b'{"a":1,"b":2}'""", TYPOGRAPHY),
        ("[0.1, 0.30000001]", "[0.1, 0.3]", ALMOST),
        ("'mean 1.4142135623'", "'mean 1.4142135624'", ALMOST),
        ("1700000000.125", "> 1700000000.125", NEITHER),
        ("'caf\u00e9'", "'cafe\u0301'", COMPOSED),
        ("'to /tmp/pytest-3/day.txt'", "'to /tmp/pytest-4/day.txt'", ADDRESSES),
        ("'at localhost:40213 now'", "'at localhost:40957 now'", ADDRESSES),
        ("32", "16", TWICE),
        ("['a', 'b', 'a', 'b']", "['a', 'b']", TWICE),
        ("'2026-03-01 09:00:01'", "'2026-03-01 09:00:02'", TICK),
        ("'2026-03-01T23:59:59.9Z'", "'2026-03-02T00:00:00.1Z'", TICK),
        ("datetime.datetime(2026, 3, 1, 9, 0)", "datetime.datetime(2026, 3, 1, 9, 0, 1)", TICK),
        ("1710061200123", "1710061200125", TICK),
        ("Sun Mar 01 09:00:02 UTC 2026", "Sun Mar 01 09:00:01 UTC 2026", TICK),
        ("Time { tv_sec: 17, tv_nsec: 12 }", "Time { tv_sec: 17, tv_nsec: 45 }", TICK),
        ("3599", "3600", RAN),
        ("'Sum: 1\\u202f234 EUR'", "'Sum: 1\\xa0234 EUR'", TYPOGRAPHY),
        ("'1 mars 2026'", "'1 March 2026'", COUNTRY),
        ("'2 janvier 2025'", "'2 January 2025'", COUNTRY),
        ("'12. M\u00e4rz 2024'", "'March 12, 2024'", COUNTRY),
        ("16", "14", GREW_BY_OFFSET),
        ("26", "24", GREW),
        ("312", "<= 300", BOUND),
        ("290", "> 300", FEWER_BY_LITTLE),
        (
            "<html><head><title>Shop</title></head><body><p>No orders today.</p></body></html>",
            "<html><head><title>Shop</title></head><body><div>No orders today.</div></body></html>",
            MARKUP,
        ),
    ],
)
def test_a_telling_difference_is_named(actual: str, expected: str, kind: str) -> None:
    assert difference(actual, expected) == kind


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("63", "42"),
        ("'open'", "'closed'"),
        ("'1999'", "'7'"),
        ("'linux'", "'windows'"),
        ("'order=7'", "'order=7;state=open'"),
        ("{'state': 'open', 'count': 3}", "{'state': 'shut', 'count': 3}"),
        ("127.255.255.255", "192.168.1.2"),
        ("'2024-03-14'", "'2024-03-12'"),
        ("'2024-02-30'", "'2024-02-31'"),
        ("'invoice of 2024-03-14'", "'reminder of 2024-03-13'"),
        ("'open on Sunday'", "'open on Friday'"),
        ("'March'", "'April'"),
        ("1", "0"),
        ("-481", "-420"),
        ("'08:30'", "'08:45'"),
        ("'1.2.3'", "'1.2.4'"),
        (r"[('.\\notes\\day.txt', 1)]", "[('./notes/day.txt', 1)]"),
        ("'Internal Server Error'", "'the order was stored and mailed'"),
        (r"Lists differ: [('./notes', '')]", r"[('.\\notes', '')]"),
        ("'41.9 shops'", "'42.5 shops'"),
        ("'10.0.0.1'", "'10.0.0.2'"),
        ("'1.2.4'", "'1.2.3'"),  # and no word beside it
        ("'deadbeef'", "'cafebabe'"),
        ("25/12/2014 13:21", "12/24/2014 1:21 PM"),
        ("12.5", "125"),
        ("'Jun 15'", "'июн 16'"),
        ("'domain'", "'remaster'"),
        ("0.05", ">= 0.1"),
        ("101", ">= 100"),
        ("20", "< 20"),
        ("1710061200.123", ">= 1710061200.456"),  # moments are no lengths
        ("[0.1, 0.31]", "[0.1, 0.3]"),
        ("1000001", "1000000"),  # a count is exact
        ("'/tmp/pytest-3/day.txt'", "'/tmp/pytest-4/day.txt'"),  # and no word beside it
        ("'Colour.RED'", "'<Colour.BLUE: 1>'"),
        ("400", "200"),  # statuses are no counts
        ("['a', 'a']", "['a']"),
        ("'2026-03-01 09:14:01'", "'2026-03-01 09:00:01'"),
        ("'2026-03-01 09:00:01 open'", "'2026-03-01 09:00:02 shut'"),
        ("'they may pay 5 in 2024'", "'we pay not more than 5 for 2024'"),
        ("'decided 5'", "'rejected 5'"),
        ("09:00:02", "09:00:01"),  # of which day, nobody says
        ("Sun Mar 01 09:00:31 UTC 2026", "Sun Mar 01 09:00:01 UTC 2026"),
        ("95", "31"),
        ("400", "<= 300"),
        ("4", "<= 3"),
        ("<p>open</p>", "<p>shut</p>"),
        ("same", "same"),
        ("", ""),
    ],
)
def test_a_wrong_value_is_not_explained_away(actual: str, expected: str) -> None:
    assert difference(actual, expected) == ""


@pytest.mark.parametrize(
    ("part", "whole", "kind"),
    [
        (
            "\"(choose from 'one', 'two')\"",
            "'usage: x\\nx: error: (choose from one, two)'",
            TYPOGRAPHY,
        ),
        ("'cannot parse the third line'", "'error: cannot parse the last line, sorry'", WORDING),
        ("'shop/day.txt'", r"'C:\\shop\\day.txt'", NATIVE_PATH),
        ("'stored and mailed'", "'Internal Server Error'", ""),
        ("'.d20240310'", "'1.4.dev3+g1234567.d20240311'", DAY),
        ("'.d20240310'", "'1.4.dev3+g1234567.d20240312'", ""),
        ("'(c) 2024 The Shop'", "'<p>(c) 2025 The Shop</p>'", YEAR),
        ("'E shop/two'", "'A shop/one A shop/two'", ""),
        ("'Duration: 123.457'", "'all of it Duration: 123,457 and more'", DECIMAL),
        ("'Duration: 123.457'", "'all of it Duration: 124,457 and more'", ""),
    ],
)
def test_a_part_that_is_nearly_there_is_named(part: str, whole: str, kind: str) -> None:
    assert within(part, whole) == kind


@pytest.mark.parametrize(
    ("actual", "expected"), [("due \u017fep 5, 2024", "due sep 6, 2024"), ("\u017fun", "mon")]
)
def test_an_old_letter_names_no_day(actual: str, expected: str) -> None:
    assert difference(actual, expected) != DAY


def test_endless_sides_are_compared_in_no_time() -> None:
    left, right = "- " + "ab cd ef " * LONGEST, "+ " + "cd ab gh " * LONGEST
    lines = [Line(n, text, "assertion") for n, text in enumerate([left, right] * 50)]
    with pace.within(5):
        assert all(len(line.words) < 3 * LONGEST for line in compared(lines))
