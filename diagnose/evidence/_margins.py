"""How near the numbers of two sides are, where the sides differ in numbers alone."""

from __future__ import annotations

import re

SHORT = "(just short of it)"
ALMOST = "(almost the same numbers)"
FEWER = "(fewer than expected)"
TWICE = "(twice as much)"
RAN = "(a tick of a countdown)"
GREW = "(a few more than that)"
BOUND = "(just over the bound)"
TIGHT = "(just beyond the tolerance)"

NEARLY = 0.98  # of what was asked for at least
MOMENT = 1e8  # from here on a number may be a point in time, and its share of another means nothing
ROUNDING = 1e-6  # of a number, that arithmetic may lose
DOUBLED = set(range(3, 1000)) - set(range(100, 600))  # no accident, no moment and no status
MOST = 200  # numbers of a side that are compared
MINUTE = 60  # seconds
GONE = 2  # seconds
COUNTED = 6  # from here on, a number of things may be one that grows; fewer are a result
GROWTH = 1.34  # times as many, and no more, are a few more
OVER = 1.2  # times a bound
BEYOND = 5  # times a tolerance: what arithmetic and chance lose, and not a wrong result
NARROW = 0.2  # of the middle of a range, from one end of it to the other
LARGE = 10  # a bound that somebody put near what was there
_AT_LEAST = re.compile(r">=? ?(\d{1,12}(?:\.\d{1,20})?)")
_COUNT = re.compile(r"(?:>=? ?)?(\d{1,6})")
_NOTHING = re.compile(r"\[\]|\{\}|\(\)|set\(\)|''|\"\"|None|nil|null|undefined")
_BOUND = re.compile(r"([<>])=? ?(\d{1,9})")
_WHOLE = re.compile(r"\d{1,9}")
_FEW = re.compile(r"\d{1,5}")
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
    return got is not None and want is not None and int(got[0]) < int(want[1])


def twice_as_much(actual: str, expected: str) -> bool:
    """Say whether a count doubled, or a list is there twice, one after the other."""
    if actual.isdecimal() and expected.isdecimal() and len(actual) < 9:
        return int(expected) in DOUBLED and int(actual) == 2 * int(expected)
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


def a_few_more(actual: str, expected: str) -> bool:
    """Say whether there is a bit more than what was counted when the expectation was written."""
    if not (_FEW.fullmatch(actual) and _FEW.fullmatch(expected)):
        return False
    had, has = int(expected), int(actual)
    return COUNTED <= had < has <= had * GROWTH


def ran_on(actual: str, expected: str) -> bool:
    """Say whether a second or two are gone of so many whole minutes."""
    if not (_WHOLE.fullmatch(actual) and _WHOLE.fullmatch(expected)):
        return False
    whole = int(expected)
    return whole >= MINUTE and whole % MINUTE == 0 and 0 < whole - int(actual) <= GONE


def just_over(actual: str, expected: str) -> bool:
    """Say whether a whole number is beyond a bound, and by little."""
    bound = _BOUND.fullmatch(expected)
    if not bound or not _WHOLE.fullmatch(actual):
        return False
    limit, has = int(bound[2]), int(actual)
    low, high = (has, limit) if bound[1] == ">" else (limit, has)
    return limit >= LARGE and low < high <= low * OVER


def just_beyond(apart: float, tolerance: float) -> bool:
    """Say whether two numbers are further apart than was allowed for, and by little."""
    return 0 < tolerance <= apart <= BEYOND * tolerance < MOMENT


def just_outside(value: float, low: float, high: float) -> bool:
    """Say whether a number lies outside a narrow range, and near it."""
    middle, half = (low + high) / 2, (high - low) / 2
    return 2 * half <= NARROW * abs(middle) and just_beyond(abs(value - middle), half)


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    left, right = float(one), float(other)
    return "." in one + other and abs(left - right) <= ROUNDING * max(abs(left), abs(right))
