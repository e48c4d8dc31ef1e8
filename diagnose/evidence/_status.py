"""The HTTP status that a test got, and the one that it wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus

from diagnose.evidence._line import Line

_GOT_FIRST = re.compile(
    r"assert (?:<?Response \[)?(?P<got>[1-5]\d\d)\]?>? (?:==|in|<|is) [(\[{]?"
    r"(?:<?HTTPStatus\.\w+: )?(?P<want>[1-5]\d\d)\b"
    r"|(?:<HTTPStatus\.\w+: )?\b(?P<got2>[1-5]\d\d)>? != "
    r"(?:<HTTPStatus\.\w+: )?(?P<want2>[1-5]\d\d)\b"
    r"|\b[Gg]ot:?(?: status)?:? (?P<got3>[1-5]\d\d),? (?:but )?(?:want(?:ed)?|expected):? "
    r"(?P<want3>[1-5]\d\d)\b"
    r"|Failed asserting that (?P<got4>[1-5]\d\d) (?:matches expected|is identical to|is equal to) "
    r"(?P<want4>[1-5]\d\d)\b"
)
_WANTED_FIRST = re.compile(
    r"[Ee]xpected(?:(?: response)? status(?: code)?)?:? ?[<\[]?(?P<want>[1-5]\d\d)[>\]]?.{0,24}"
    r"(?:but was|got|[Rr]eceived|[Aa]ctual):? ?[<\[]?(?P<got>[1-5]\d\d)\b"
    r"|to have (?:HTTP )?status(?: code)? (?::\w+ \()?(?P<want2>[1-5]\d\d)\)?,? "
    r"but (?:it was|got) (?::\w+ \()?(?P<got2>[1-5]\d\d)\b"
    r"|\{value: (?P<want3>[1-5]\d\d)\}.{0,40}but found .{0,60}\{value: (?P<got3>[1-5]\d\d)\}"
)
_NAMED = re.compile(r"\s*(?:HttpStatus(?:Code)?\.)?(\w+) != (?:HttpStatus(?:Code)?\.)?(\w+)\s*")
_NAMES = {status.name.replace("_", "").casefold(): status.value for status in HTTPStatus}
_TURNED = re.compile(
    r"assert_?[Ee]quals?\(\s*(?:(?:http\.)?HTTPStatus\.\w+|(?:status\.HTTP_)?[1-5]\d\d(?!\d)\w*)\s*,"
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
