"""The HTTP status that a test got, and the one that it wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus

from diagnose.evidence._line import Line
from diagnose.family import CODES

_GOT_FIRST = re.compile(
    rf"assert (?:<?Response \[)?(?P<got>{CODES})\]?>? (?:==|in|<|is) [(\[{{]?"
    rf"(?:<?HTTPStatus\.\w+: )?(?P<want>{CODES})\b"
    rf"|(?:<HTTPStatus\.\w+: )?\b(?P<got2>{CODES})>? != "
    rf"(?:<HTTPStatus\.\w+: )?(?P<want2>{CODES})\b"
    rf"|\b[Gg]ot:?(?: status)?:? (?P<got3>{CODES}),? (?:but )?(?:want(?:ed)?|expected):? "
    rf"(?P<want3>{CODES})\b"
    rf"|Failed asserting that (?P<got4>{CODES}) (?:matches expected|is identical to|is equal to) "
    rf"(?P<want4>{CODES})\b"
)
_WANTED_FIRST = re.compile(
    rf"[Ee]xpected(?:(?: response)? status(?: code)?)?:? ?[<\[]?(?P<want>{CODES})[>\]]?.{{0,24}}"
    rf"(?:but was|got|[Rr]eceived|[Aa]ctual):? ?[<\[]?(?P<got>{CODES})\b"
    rf"|to have (?:HTTP )?status(?: code)? (?::\w+ \()?(?P<want2>{CODES})\)?,? "
    rf"but (?:it was|got) (?::\w+ \()?(?P<got2>{CODES})\b"
    rf"|\{{value: (?P<want3>{CODES})\}}.{{0,40}}but found .{{0,60}}\{{value: (?P<got3>{CODES})\}}"
)
_NAMED = re.compile(r"\s*(?:HttpStatus(?:Code)?\.)?(\w+) != (?:HttpStatus(?:Code)?\.)?(\w+)\s*")
_NAMES = {status.name.replace("_", "").casefold(): status.value for status in HTTPStatus}
_TURNED = re.compile(
    rf"assert_?[Ee]quals?\(\s*(?:(?:http\.)?HTTPStatus\.\w+|(?:status\.HTTP_)?{CODES}(?!\d)\w*)\s*,"
)


def statuses(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the status that came and the one that was wanted, or zeros."""
    for line in lines:
        if line.place not in ("raised", "assertion"):
            continue
        said = line.said
        if match := _WANTED_FIRST.search(said):
            return _pair(match)
        if match := _GOT_FIRST.search(said):
            got, wanted = _pair(match)
            turned = match["got2"] and any(
                _TURNED.search(one.said) for one in lines if one.place == "traceback"
            )
            return (wanted, got) if turned else (got, wanted)
        if (match := _NAMED.fullmatch(said)) and (named := _named(*match.groups())):
            return named
    return 0, 0


def _pair(match: re.Match[str]) -> tuple[int, int]:
    found = {name: value for name, value in match.groupdict().items() if value}
    got = next(value for name, value in found.items() if name.startswith("got"))
    wanted = next(value for name, value in found.items() if name.startswith("want"))
    return int(got), int(wanted)


def _named(got: str, wanted: str) -> tuple[int, int] | None:
    """Read statuses that are told by their names, as .NET and Spring print them."""
    one, other = (_NAMES.get(name.replace("_", "").casefold()) for name in (got, wanted))
    return (one, other) if one and other else None
