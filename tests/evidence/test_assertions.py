"""Which lines are those of a failing assertion, whoever prints them."""

from __future__ import annotations

import pytest

from diagnose.evidence._assertions import compares, is_assertion


@pytest.mark.parametrize(
    "line",
    [
        "AssertionError: rows",
        "assert 3 == 4",
        "org.opentest4j.AssertionFailedError: expected: <4> but was: <3>",
        "Shouldly.ShouldAssertException : order.Total",
        'Error:      \t"[a b]" should have 3 item(s), but has 2',
        "Error:      \tNot equal: ",
    ],
)
def test_an_exception_of_assertions_is_known(line: str) -> None:
    assert is_assertion(line)


@pytest.mark.parametrize(
    "line",
    [
        "ValueError: assert it yourself",
        "TypeError: expected str",
        "Error:      \tReceived unexpected error:",
    ],
)
def test_another_exception_is_none(line: str) -> None:
    assert not is_assertion(line)


@pytest.mark.parametrize(
    "line",
    [
        "    order_test.go:31: got 3, want 4",
        'OrderTests.swift:12: error: -[T t] : XCTAssertEqual failed: ("3") is not equal to ("4")',
        "  REQUIRE( total(order) == 4 )",
        "order.cpp:12: ERROR: CHECK( total(order) == 4 ) is NOT correct!",
        'order.cpp(12): error: in "totals": check total(order) == 4 has failed [3 != 4]',
        "  to equal",
        "  to be true",
        "[info]   3 did not equal 4 (OrderSpec.scala:12)",
        "[error]    3 != 4 (OrderSpec.scala:12)",
        "Condition not satisfied:",
        "        but got: 3",
        "   Evaluated: 3 == 4",
        """#   `[ "$output" = "4" ]' failed""",
        "order.c:12:F:Core:totals:0: Assertion 'total(order) == 4' failed: total(order) == 3",
        "[  ERROR   ] --- 0x3 != 0x4",
        "order.c:12:test_totals:FAIL: Expected 4 Was 3",
        "expected 4, found 3",
        "Assertion Failed: FAILED SUB-STEP: Then the total is 4",
        "    order_test.go:31: unexpected order 4",
        "  expect(received).rejects.toThrow()",
        "     Assertion with == failed",
        "  Expected truthy, got nil",
    ],
)
def test_a_comparison_that_failed_is_known(line: str) -> None:
    assert compares(line)


@pytest.mark.parametrize(
    "line",
    [
        "CHECK the spelling of it",
        "[error] the shop did not open",
        "Condition not satisfied after 1.00 seconds",
        "it is not equal to anything here",
        "connected to be sure",
        "the check 'links' failed",
        "    order_test.go:31: unexpected error: no such shop",
        "",
    ],
)
def test_what_compares_nothing_is_none(line: str) -> None:
    assert not compares(line)
