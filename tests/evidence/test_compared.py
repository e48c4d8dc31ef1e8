"""Where the two sides of a comparison are found, and what is concluded from them."""

from __future__ import annotations

import pytest

from diagnose.causes import catalogue, patterns
from diagnose.evidence._signature import Patterns, read
from diagnose.judge.signature import Ranked, decide, rank
from diagnose.model import Failure, Source, TestResult

PAGES = catalogue()
PATTERNS = Patterns(patterns())


def judged(text: str) -> Ranked:
    where = Source("report.xml", 1)
    failure = Failure("failed", "", where, text)
    test = TestResult("tests.test_shop", "test_shop", "failed", where, failures=(failure,))
    return decide(rank(*read(test, PATTERNS), PAGES))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            "E   AssertionError: Regex pattern did not match.\n"
            "E     Expected regex: 'quantity missing'\n"
            "E     Actual message: 'Order: quantity missing in line 3'",
            "stale_expectation",
        ),
        (
            "E       AssertionError: assert 'Sum: 3 items' == 'Sum: 3 items.'\n"
            "E         - Totals of the day for all shops.\n"
            "E         ?                                 -\n"
            "E         + Totals of the day for all shops",
            "stale_expectation",
        ),
        (
            "  ● prints the sum\n\n    expect(received).toBe(expected)\n\n"
            '    Expected: "12.50 for the orders of today"\n'
            '    Received: "12.50 for all orders of today"',
            "stale_expectation",
        ),
        (
            "org.junit.ComparisonFailure: expected:<'5[.]20'> but was:<'5[,]20'>\n"
            "\tat com.example.SumTest.prints(SumTest.java:31)",
            "bad_test_code",
        ),
        (
            "E       AssertionError: assert False\n"
            "E        +  where False = <built-in method endswith of str object at 0x7f00aa11>"
            "('reports/day')\n"
            "E        +    where <built-in method endswith of str object at 0x7f00aa11> = "
            "'C:\\\\work\\\\reports\\\\day'.endswith",
            "bad_test_code",
        ),
        (
            'java.lang.AssertionError: \nExpected: is "0.530135"\n     but: was "0,530135"',
            "bad_test_code",
        ),
        (
            '--- FAIL: TestGet (0.10s)\n    get_test.go:190: want error "Get http://shop:4500: too '
            'late", got "Get \\"http://shop:4500\\": too late"',
            "stale_expectation",
        ),
        (
            "1) ViewTest::testHeader\nFailed asserting that two strings are equal.\n"
            "--- Expected\n+++ Actual\n@@ @@\n-'Orders of today'\n+'Orders of today | Shop'",
            "stale_expectation",
        ),
        (
            "  AssertionError: expected 'error: no order was found, sorry' to include "
            "'error: the order was not found'",
            "assertion",
        ),
        (
            "  AssertionError: expected 'Error: order 7 was not found in shop' to include "
            "'order 7 was not found here'",
            "stale_expectation",
        ),
        (
            '  Expected: String containing "Sum: 12.50"\n  But was:  "All of today:\n'
            '    Orders: 7\n    Sum: 12,50\n"\n'
            "at Shop.Tests.SumTests.Told() in SumTests.cs:line 31",
            "bad_test_code",
        ),
        (
            "E       AssertionError: assert 'C:\\\\w...day.txt' == 'C:\\\\w...day.txt'\n"
            "E         - shop\\reports\\day.txt\n"
            "E         + shop/reports/day.txt",
            "bad_test_code",
        ),
        (
            '    stock_test.go:31: Told() = {"b":2,"a":1}, want {"a":1,"b":2}',
            "bad_test_code",
        ),
        ("    stock_test.go:31: want 0.3, got 0.30000000000000004", "bad_test_code"),
        ("    stock_test.go:31: Sum([1 2 3]) = 7, want 6", "assertion"),
        (
            "  AssertionError: expected [ 'one', 'two' ] to deeply equal [ 'two', 'one' ]",
            "bad_test_code",
        ),
        ("    stock_test.go:31: names: got [two one], want [one two]", "bad_test_code"),
        (
            "thread 'names' panicked at 'assertion failed: `(left == right)`\n"
            """  left: `["two", "one"]`,\n right: `["one", "two"]`', tests/names.rs:12:5""",
            "bad_test_code",
        ),
        ("E       AssertionError: assert 'shut' == 'open'", "assertion"),
    ],
)
def test_both_sides_are_found_however_they_are_printed(text: str, cause: str) -> None:
    assert judged(text).cause == cause
