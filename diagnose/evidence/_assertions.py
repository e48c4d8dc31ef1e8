"""Which lines say that an assertion failed, in the words of the frameworks that print them."""

from __future__ import annotations

import re

_RAISED = re.compile(
    r"assert\b|(?:\w+[.:])*"
    r"(?:AssertionError|AssertionFailedError|AssertionFailure|ComparisonFailure|FailTest"
    r"|MismatchError|TestFailedException|ShouldAssertException|AssertFailedException|XunitException"
    r"|ExpectationNotMetError|ExpectationFailedException|AssertionException|Minitest::Assertion)\b"
    r"|Error:\s+(?:Not equal|Should |\".{1,200}\" (?:should have|does not contain|is not ))"
)
_COMPARISON = re.compile(
    r"\b[Ee]xpected\b.{0,80}(?:\bbut|,):? (?:was|got|received|found)\b|\bexpected:? ?<"
    r"|\bexpect\(.{0,200}\)\.(?:(?:not|rejects|resolves)\.)*to"
    r"|_test\.go:\d+: .*\b(?:got|want|expected|unexpected(?! err)|should|mismatch)\b"
    r"|\b[Ee]xpected .{1,200} to (?:be|equal|deeply|have|contain|match|include)\b"
    r"|\bAssertion with .{1,30} failed$|\bmatch \(=\) failed$"
    r"|^\s*Expected (?:truthy|false or nil), got"
    r"|\b[Aa]ssertion (?:failed|`)|Failed asserting that|\bXCTAssert\w* failed"
    r"|Expected equality of these values"
    r"|\.(?:cc|cpp|h):\d+: Failure$|^\s*\S.{0,200} !== \S"
    r"|\b[Ee]xpected\b.{0,80}\b[Aa]ctual(?: \w+)?:? ?[<\[]?\w|^\s*Actual +\(.{1,200}\): "
    r"|\bXCTAssert\w* failed\b|: Expectation failed: |^Assertion Failed: "
    r"|: Assertion '.{1,200}' failed"
    r"|^\s*(?:REQUIRE|CHECK)(?:_\w{1,20})?\( |^Condition not satisfied:$"
    r"|: ERROR: (?:CHECK|REQUIRE)\w*\(.{1,200} is NOT correct"
    r"|error: in \".{1,120}\": check .{1,200} has failed"
    r"|^\s*(?:not )?to (?:equal|be (?:true|false|nil|empty|identical to|equal to:?)|match error"
    r"|contain elements?|have length|have occurred)$"
    r"|\S (?:did not equal|was not equal to|did not contain) \S"
    r"|^\[error\] {1,20}\S.{0,200} != .{1,200} \(\w+\.scala:\d+\)$|^\s*but got: \S"
    r"|^\s*Evaluated: \S|^# {1,8}`.{1,200}' failed(?: with status \d+)?$"
    r"|\bshould have \d+ item\(s\), but has \d|^\[ {1,4}ERROR {1,4}\] --- \S.{0,200} != "
    r"|:FAIL: Expected .{1,200} Was |^expected \S{1,80}, found \S{1,80}$"
)
_WORDS = (  # of which each of these lines has one
    "xpect",
    "_test.go:",
    "ssert",
    ": Failure",
    "(=) failed",
    "REQUIRE",
    "CHECK",
    "Condition not",
    "check ",
    "to equal",
    "to be ",
    "to match error",
    "to contain element",
    "to have ",
    " not equal",
    "did not contain",
    "[error]",
    "but got: ",
    "Evaluated: ",
    "' failed",
    "item(s), but has",
    " !== ",
    "Actual ",
    "] --- ",
)


def is_assertion(said: str) -> bool:
    """Say whether an exception is one that assertions raise."""
    return _RAISED.match(said) is not None


def compares(said: str) -> bool:
    """Say whether a line compares; few have one of the words that it takes."""
    return any(word in said for word in _WORDS) and _COMPARISON.search(said) is not None
