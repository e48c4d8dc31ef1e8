"""How near the numbers of two sides are, where the sides differ in numbers alone."""

from __future__ import annotations

import re

SHORT = "(just short of it)"
ALMOST = "(almost the same numbers)"
FEWER = "(fewer than expected)"
TWICE = "(twice as much)"

NEARLY = 0.98  # of what was asked for at least
MOMENT = 1e8  # from here on a number may be a point in time, and its share of another means nothing
ROUNDING = 1e-6  # of a number, that arithmetic may lose
COUNTED = set(range(3, 1000)) - set(range(100, 600))  # no accident, no moment and no status
MOST = 200  # numbers of a side that are compared
_AT_LEAST = re.compile(r">=? ?(\d{1,12}(?:\.\d{1,20})?)")
_WHOLE = re.compile(r"(\d{1,6})")
_COUNT = re.compile(r"(?:>=? ?)?(\d{1,6})")
_NOTHING = re.compile(r"\[\]|\{\}|\(\)|set\(\)|''|\"\"|None|nil|null|undefined")
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,20})?")
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,15}(?:\.\d{1,20}(?:[eE][-+]?\d{1,3})?)?(?![\w.])")


def short_of_it(actual: str, expected: str) -> bool:
    """Say whether a number misses by little what it should be at least."""
    least = _AT_LEAST.fullmatch(expected)
    if not least or not _PLAIN.fullmatch(actual):
        return False
    asked = float(least[1])
    return asked < MOMENT and NEARLY * asked <= float(actual) <= asked


def fewer_than_expected(actual: str, expected: str) -> bool:
    """Say whether a count falls short of another, or nothing is there where something should be."""
    if _NOTHING.fullmatch(actual):
        return not _NOTHING.fullmatch(expected) and expected != "0"
    got, want = _WHOLE.fullmatch(actual), _COUNT.fullmatch(expected)
    return got is not None and want is not None and int(got[1]) < int(want[1])


def twice_as_much(actual: str, expected: str) -> bool:
    """Say whether a count doubled, or a list is there twice, one after the other."""
    if actual.isdecimal() and expected.isdecimal() and len(actual) < 9:
        return int(expected) in COUNTED and int(actual) == 2 * int(expected)
    items = expected.strip("[]{}() ")
    return ", " in items and actual.strip("[]{}() ") == f"{items}, {items}"


def almost_the_same(actual: str, expected: str) -> bool:
    """Say whether all that differs are last digits, such as arithmetic loses them."""
    one, other = _NUMBER.findall(actual), _NUMBER.findall(expected)
    if not 0 < len(one) == len(other) <= MOST or "." not in actual + expected:
        return False
    if _NUMBER.sub("#", actual) != _NUMBER.sub("#", expected):
        return False
    return one != other and all(map(_near, one, other))


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    left, right = float(one), float(other)
    return "." in one + other and abs(left - right) <= ROUNDING * max(abs(left), abs(right))
