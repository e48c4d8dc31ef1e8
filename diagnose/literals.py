"""The literals without which a regex can't match: one pass looks for them before any regex runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, product
from math import prod
from typing import Any

from diagnose.errors import ConfigError

SHORTEST = 4  # shorter ones occur on every other line, and would save nothing
MOST = 32  # variants of one literal: five letters in either case
WIDEST = 10  # members of a character class that are worth spelling out
COPIES = 4  # of what is repeated at least so many times

Slot = tuple[bytes, ...]  # what may stand at one place of a run
Literals = tuple[bytes, ...]  # one of them is in whatever the regex matches

# What logs of healthy runs say all the time: a literal from here would make candidates of them.
COMMON = b"""
============ test session starts ============ -------- live log call -------- captured stdout setup
passed [ 42%] skipped [ 42%] failed [ 42%] xfailed error [gw0] tests/test_ .py::test_ deselected
info debug warning warnings error: errors=0 failed=0 failures: 0 failed, aborted=0 killed=0
exception timeout=30 timeout: seconds retrying after error (attempt 1/5) retry request status=200
connection closed connection: connected to server client session exit code 0 exited with code 0
traceback (most recent call last): file "/usr/lib/python3.11/site-packages/ line 10, in raise from
import module name= not found could not unable to cannot failed to is not set value of type object
process worker running started stopped finished completed success no such file or directory
memory available limit reached resource version http://localhost:8080/api/ 2024-01-01 00:00:00,000
"""
_RARE = dict.fromkeys(b"jqxzkvwb", 3) | dict.fromkeys(b" etaoinsrl-=_.0123456789", 1)
_BYTES = [bytes((code,)) for code in range(256)]


def required(regex: bytes) -> Literals:
    """Return literals of which one is in every match of `regex`; none where nothing can be said."""
    parsed = _parse(regex)
    if parsed is None:
        return ()
    tree, flags = parsed
    return () if flags & re.LOCALE else _best(_read(tree, bool(flags & re.IGNORECASE)))


def stated(literals: Iterable[str], regex: str) -> Literals:
    """Return literals as their author states them, in either case where the regex begins so."""
    if not re.match(r"\(\?[a-zA-Z]*i[a-zA-Z]*\)", regex):
        found = tuple(literal.encode() for literal in literals)
        return found if min(map(len, found), default=0) >= SHORTEST else ()
    return _union([_best(_spell(literal.encode())) for literal in literals])


def _spell(literal: bytes) -> _Runs:
    runs = _Runs()
    for code in literal:
        runs.add(_cases(code, any_case=True))
    return runs


def _parse(regex: bytes) -> tuple[Any, int] | None:
    """Ask Python's own parser, which is private: without it, patterns must state their literals."""
    try:
        from re import _parser  # type: ignore[attr-defined] # typeshed hides what is private
    except ImportError:
        return None
    try:
        tree = _parser.parse(regex)
    except re.error as error:
        raise ConfigError(f"{regex.decode()!r} is no regular expression: {error}") from error
    return tree, tree.state.flags


class _Runs:
    """What must be in a match: the places of the run that is being read, and the runs before it."""

    def __init__(self) -> None:
        self.run: list[Slot] = []
        self.choices: list[Literals] = []
        self.whole = True

    def add(self, slot: Slot) -> None:
        """Put one more place after the others."""
        if len(slot) > MOST:
            self.cut()
        else:
            self.run.append(slot)

    def cut(self) -> None:
        """End the run: what comes next may be anything."""
        self.choices += _windows(self.run)
        self.run = []
        self.whole = False

    def texts(self) -> Literals:
        """Spell out all that the run can be, if that is all there is and it is little."""
        if not self.whole or prod(map(len, self.run)) > MOST:
            return ()
        return tuple(dict.fromkeys(map(b"".join, product(*self.run))))


def _read(tree: Any, any_case: bool) -> _Runs:
    runs = _Runs()
    _walk(tree, any_case, runs)
    return runs


def _walk(tree: Any, any_case: bool, runs: _Runs) -> None:
    for op, value in tree:
        match op.name:
            case "LITERAL":
                _literals((value,), any_case, runs)
            case "IN":
                _literals(_members(value), any_case, runs)
            case "SUBPATTERN":
                _, on, off, inner = value
                case = (any_case or bool(on & re.IGNORECASE)) and not off & re.IGNORECASE
                _walk(inner, case, runs)
            case "ATOMIC_GROUP":
                _walk(value, any_case, runs)
            case "BRANCH":
                _branch([_read(branch, any_case) for branch in value[1]], runs)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                _repeat(value, any_case, runs)
            case "AT" | "ASSERT" | "ASSERT_NOT":
                pass  # they take up no room
            case _:
                runs.cut()


def _literals(codes: Iterable[int], any_case: bool, runs: _Runs) -> None:
    slot = _union([_cases(code, any_case) for code in codes])
    if not slot or b"\n" in slot:
        runs.cut()
    else:
        runs.add(slot)


def _cases(code: int, any_case: bool) -> Slot:
    byte = _BYTES[code]
    if any_case and byte.isalpha():
        return byte.lower(), byte.upper()
    return (byte,)


def _members(items: Any) -> tuple[int, ...]:
    """List the members of a character class, if they are few."""
    codes: list[int] = []
    for op, value in items:
        match op.name:
            case "LITERAL":
                codes.append(value)
            case "RANGE":
                codes += range(value[0], value[1] + 1)
            case _:
                return ()
    return tuple(codes) if len(codes) <= WIDEST else ()


def _branch(branches: list[_Runs], runs: _Runs) -> None:
    whole = _union([branch.texts() if branch.whole else () for branch in branches])
    if 0 < len(whole) <= MOST:
        runs.add(whole)
        return
    runs.cut()
    if best := _union([_best(branch) for branch in branches]):
        runs.choices.append(best)


def _repeat(value: Any, any_case: bool, runs: _Runs) -> None:
    least, most, inner = value
    if (least, most) == (0, 1) and (texts := _read(inner, any_case).texts()):
        runs.add(tuple(dict.fromkeys((*texts, b""))))
        return
    for _ in range(min(least, COPIES)):
        _walk(inner, any_case, runs)
    if least != most or least > COPIES:
        runs.cut()


def _windows(run: list[Slot]) -> Iterator[Literals]:
    """Yield the widest stretches of a run that have few enough variants to be looked for."""
    begin, variants = 0, 1
    for end, slot in enumerate(run):
        if variants * len(slot) > MOST:
            yield from _spelled(run[begin:end])
        while variants * len(slot) > MOST:
            variants //= len(run[begin])
            begin += 1
        variants *= len(slot)
    yield from _spelled(run[begin:])


def _spelled(window: list[Slot]) -> Iterator[Literals]:
    texts = tuple(dict.fromkeys(map(b"".join, product(*window))))
    if min(map(len, texts)) >= SHORTEST:
        yield texts


def _best(runs: _Runs) -> Literals:
    choices = [*runs.choices, *_windows(runs.run)]
    return max(choices, key=_rarity, default=())


def _union(choices: list[Literals]) -> Literals:
    """Join what is required of each alternative; if one of them requires nothing, all do."""
    return tuple(dict.fromkeys(chain.from_iterable(choices))) if all(choices) else ()


def _rarity(literals: Literals) -> int:
    """Guess how seldom a log has one of them; the commonest decides."""
    return min(map(_weight, {literal.lower() for literal in literals}))


def _weight(literal: bytes) -> int:
    weight = sum(_RARE.get(byte, 2) for byte in literal)
    return weight - 1000 if literal in COMMON else weight
