"""What the runners of other languages print, and who or what it tells of."""

from __future__ import annotations

import pytest

from diagnose.causes import patterns
from diagnose.evidence._signature import Patterns, facts, find
from diagnose.model import Failure, Source, TestResult

PATTERNS = Patterns(patterns())
WHERE = Source("report.xml", 100)


def failed(text: str) -> TestResult:
    told = (Failure("failed", "", WHERE, text),)
    return TestResult("shop.Tests", "opens", "failed", WHERE, failures=told)


@pytest.mark.parametrize(
    "text",
    [
        "actual:   <error: certificate problem: self-signed certificate>\n"
        "expected: <error: certificate problem: self signed certificate>",
        '    expected: "asn1: syntax error: data truncated"\n'
        '    actual  : "error: x509: malformed certificate"',
    ],
    ids=["the same words", "an error for an error"],
)
def test_an_error_that_was_compared_did_not_happen_to_the_run(text: str) -> None:
    causes = {hit.pattern.cause for hit in find(failed(text), PATTERNS)}
    assert "tls_certificate" not in causes


def test_an_error_that_nobody_expected_did() -> None:
    text = 'Error: Get "https://example.com": x509: certificate has expired'
    assert "tls_certificate" in {hit.pattern.cause for hit in find(failed(text), PATTERNS)}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("» UnknownHost files.example.com", "UnknownHostException"),
        ("» NullPointer", "NullPointerException"),
        ("» NoClassDefFound org/shop/Order", "NoClassDefFoundError"),
        ("» AssertionError", "AssertionError"),
    ],
)
def test_what_mavens_summary_leaves_out_of_a_name_is_known(said: str, name: str) -> None:
    text = f"[ERROR] Errors: \n[ERROR]   OrdersTest.loads:41->load:18 {said}\n[INFO] "
    assert facts(failed(text)).exception == name


def test_a_panic_ended_the_test_and_not_the_assertion_before_it() -> None:
    text = "    day_test.go:9: expected 2, got 0\npanic: runtime error: index out of range"
    assert facts(failed(text)).line == "panic: runtime error: index out of range"
