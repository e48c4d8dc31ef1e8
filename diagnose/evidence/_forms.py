"""The two sides of a comparison, as libraries of many languages print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from diagnose.evidence._difference import REMARKS, difference
from diagnose.evidence._line import Line
from diagnose.family import LONGEST

MOST = 5_000  # lines of a text that are looked at
SIDE = 500  # characters of a side that has a line for itself
_ONE_LINE = tuple(
    (words, re.compile(form))
    for words, form in (
        (
            (", but ",),
            r".{0,40}?\b[Ee]xpected [\w.]{1,40} to be (?:equal to )?(?P<want>\S.{0,400}?)"
            r"(?: with a length of \d+)?, but (?:found )?(?P<got>[\"'<{\d].*)",
        ),
        (
            (" to be ", " equal ", " to eql ", " to match "),
            r"(?:.{0,80}?\b)?[Ee]xpected (?:\$\S{0,40} = )?(?P<got>\S.{0,400}?) to "
            r"(?:be|(?:deeply |strictly |deep )?equals?|eql|match)(?: exactly)? (?P<want>\S.*)",
        ),
        (
            (" === ", " !== "),
            r"(?:.{0,60}?AssertionError[^:]{0,40}: )?(?P<got>['\"{\[\d].{0,400}?) [=!]== "
            r"(?P<want>['\"{\[\d].*)",
        ),
        (
            (" equal ",),
            r"(?:.{0,80}failed: |\S{0,80}: )?(?P<got>[\"'<(\d].{0,400}?) "
            r"(?:did not|was not|is not) equal (?:to )?(?P<want>[\"'<(\d].*)",
        ),
        (
            ("Failed asserting that ",),
            r"Failed asserting that (?P<got>\S.{0,400}?) (?:is (?:identical|equal) to|"
            r"matches expected) (?P<want>\S.*)",
        ),
        (
            ("Actual:<",),
            r".{0,80}?Expected:<(?P<want>[^<>]{0,400})>\. Actual:<(?P<got>[^<>]{0,400})>.*",
        ),
        (("has failed [",), r".{0,200}? has failed \[(?P<got>.{1,400}?) != (?P<want>.*)\]"),
        (("values: ",), r"values: \w{2,20}\( (?P<got>.{1,400}?) == (?P<want>.*) \)"),
        (
            ("actual: (not (= ",),
            r"actual: \(not \(= (?P<want>\"[^\"]{0,400}\"|\S+) "
            r"(?P<got>\"[^\"]{0,400}\"|\S+)\)\)",
        ),
        (
            ("Evaluated: ", "Expectation failed: ", " index ", "' != '", '" != "', '" == "'),
            r"(?:Evaluated: |.{0,120}?Expectation failed: |At index \d+ diff: |(?:\[error\]\s+)?"
            r"(?=['\"]))(?P<got>\S.{0,400}?) [=!]= (?P<want>\S.*)",
        ),
        (
            (", but the ",),
            r".{0,200}? to have \w+ (?P<want>['\"].{0,400}?['\"]), but the \w+ was (?P<got>.*)",
        ),
    )
)
_TAIL = re.compile(
    r"\.?(?: // .{0,40}| \(\w+\.\w+:\d+\)| (?:differs near|has a length of) .{0,80})?$"
)
_LABEL = re.compile(
    r"\s*(?:\w+_test\.go:\d+: |#\s+)?(?:\.\.\. )?[`*]?(?P<label>expect(?:ed|ing)(?! equality)"
    r"|received|actual|got|obtained|want(?:ed)?|have|but (?:was|got)|to (?:be )?equal(?: to)?"
    r"|should be|passed in)\b[`*]?"
    r"(?: (?:value|string|text|call|date|actual|message))?"
    r"(?: to (?:be|equal|match|deeply equal|strictly equal))?(?: \(using .{1,12}\))?"
    r"(?:\s+\(.{1,80}\))?\s*(?P<mark>(?::|=)\s*(?:[|>]-?$)?|$)\s*(?P<side>.*)",
    re.IGNORECASE,
)
_WANTED = ("expected", "want", "wanted", "to equal", "to be equal to", "to equal to", "should be")
_TWO_LINES = (
    re.compile(r".{0,80}?<(?P<want>.{1,400})> expected but was\n<(?P<got>.{1,400})>\.?"),
    re.compile(
        r".{0,40}?Not equal: (?P<want>.{1,400}) \(expected\)\n!= (?P<got>.{1,400}) \(actual\)"
    ),
    re.compile(r"<(?P<got>[^<>]{1,400})\n>(?P<want>[^<>]{1,400})"),
    re.compile(r"-\s*\t(?P<want>\S.{0,400})\n\+\s*\t(?P<got>\S.{0,400})"),
)
_EQUALITY, _WHICH = "Expected equality of these values:", "Which is: "
_TYPED = re.compile(r"(?:<(?:\w+\.)?\w+(?: \| len:\d+)?>: |\(\w+\) |1: |\$\S{0,40} = )(?=\S)")
_ARROW = re.compile(r"\([\w.()]{1,80} → (.{1,400})\)")


class _Side(NamedTuple):
    line: Line
    wanted: bool
    text: str


def forms(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield both sides of comparisons as one line, where what they differ in tells something."""
    told = [(line, line.found) for line in lines if line.place and line.found.strip()][:MOST]
    for line, said in told:
        if sides := _on_one_line(said):
            yield from _remarked(line, *sides)
    for (line, said), (_, below) in pairwise(told):
        both = f"{said.strip()[:SIDE]}\n{below.strip()[:SIDE]}"
        if match := next(filter(None, (form.fullmatch(both) for form in _TWO_LINES)), None):
            yield from _remarked(line, match["got"], match["want"])
    yield from _which_is(told)
    for one, other in pairwise(_labelled(told)):
        if one.wanted is not other.wanted and one.text != other.text:
            got, want = (other, one) if one.wanted else (one, other)
            yield from _remarked(one.line, got.text, want.text)


def _which_is(told: Sequence[tuple[Line, str]]) -> Iterator[Line]:
    """Compare the values that gtest prints below their expressions; either may be the expected."""
    for at, (line, said) in enumerate(told):
        if not said.rstrip().endswith(_EQUALITY):
            continue
        sides: list[str] = []
        for _, below in told[at + 1 : at + 5]:
            value = below.strip().removeprefix(_WHICH)
            sides = [*sides[:-1], value] if value != below.strip() else [*sides, value]
        for got, want in (sides[:2], sides[1::-1]) if len(sides) > 1 else ():
            yield from _remarked(line, got, want)


def _on_one_line(said: str) -> tuple[str, str] | None:
    said = said.strip()
    if len(said) > 2 * SIDE:
        return None
    for words, form in _ONE_LINE:
        if any(word in said for word in words) and (match := form.fullmatch(said)):
            return match["got"], match["want"]
    return None


def _labelled(told: Sequence[tuple[Line, str]]) -> Iterator[_Side]:
    """Yield what stands behind a label, or below one that has its line for itself."""
    label: re.Match[str] | None = None
    for line, said in told:
        match = _LABEL.fullmatch(said[:LONGEST])
        if match and match["side"]:
            yield _Side(line, _wanted(match, said), match["side"])
        elif not match and label:
            yield _Side(line, _wanted(label, said), said)
        label = match if match and not match["side"] else None


def _wanted(label: re.Match[str], said: str) -> bool:
    """Say whether a label is of what was expected; gomega says so of what it got."""
    word = label["label"].casefold()
    if not label["mark"].strip() and word == "expected" and _TYPED.match(said.strip()):
        return False
    return word in _WANTED


def _remarked(line: Line, got: str, want: str) -> Iterator[Line]:
    got, want = _bare(got), _bare(want)
    remark = difference(got, want)
    if remark in REMARKS:
        yield line._replace(place="assertion", words=f"{got} != {want} {remark}")


def _bare(side: str) -> str:
    """Take off what libraries put around a value: its type, its brackets, its expression."""
    side = _TYPED.sub("", _TAIL.sub("", side.strip()).rstrip(","), count=1)
    if arrow := _ARROW.fullmatch(side):
        side = arrow[1]
    if side[:1] in "<(" and side[-1:] in ">)":
        side = side[1:-1]
    shortened = side[:1] in "\"'" and side.count("[") == side.count("]") == 1
    return side.replace("[", "").replace("]", "") if shortened else side
