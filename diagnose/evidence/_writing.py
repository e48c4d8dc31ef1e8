"""How two systems, or two versions, write the same value."""

from __future__ import annotations

import re
from unicodedata import normalize

from diagnose.family import LONGEST

COMPOSED = "(the same letters, composed otherwise)"
LINE_ENDS = "(the same but for line ends)"
VERSION = "(the same but for a version)"
DIGEST = "(another digest)"
BRANCH = "(the same but for the first branch)"
WRITTEN = "(the same, as another version writes it)"

_MARKS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_LINE_END = re.compile(r"\\r(?=\\n)|\\r\\n?$|\r")
_VERSION = re.compile(
    r"(?<![\w.])v?\d{1,4}\.\d{1,4}\.\d{1,6}(?:[-+.]?(?:[A-Za-z]\w*|\d+\+\w+)(?:[.+]\w+){0,3})?(?![\w.])"
    r"|(?<=[A-Za-z]/)\d+\.\d+(?![\w.])"
)
_DIGEST = re.compile(r"(?:(?:md5|sha\d{1,3})[:=-])?((?:[0-9a-f]{2}){16,64}|(?:[0-9A-F]{2}){16,64})")
_BRANCH = re.compile(r"(?<![a-z])(?:master|main)(?![a-z])")
_ENUM = re.compile(r"<(\w+\.\w+): [^<>]{1,80}>")
_UNICODE = re.compile(r"\bu(?=['\"])|\b(?<=\d)L\b|\bnp\.\w+(?=\()")


def composed_otherwise(actual: str, expected: str) -> bool:
    """Say whether accents are written as letters of their own on one side."""
    return not (actual + expected).isascii() and (
        normalize("NFC", actual[:LONGEST]) == normalize("NFC", expected[:LONGEST])
    )


def other_line_ends(actual: str, expected: str) -> bool:
    """Say whether carriage returns are all that differs."""
    return _LINE_END.sub("", actual) == _LINE_END.sub("", expected)


def other_version(actual: str, expected: str) -> bool:
    """Say whether numbers of versions are all that differs in what is more than one."""
    mine = _VERSION.sub("", actual)
    return mine != actual and mine == _VERSION.sub("", expected) and bool(_WORD.search(mine))


def other_digest(actual: str, expected: str) -> bool:
    """Say whether both are digests of the same kind."""
    one, other = _DIGEST.fullmatch(actual), _DIGEST.fullmatch(expected)
    return bool(one and other and len(one[1]) == len(other[1]))


def other_branch(actual: str, expected: str) -> bool:
    """Say whether the first branch has the name that it had, or has by now."""
    mine, theirs = _BRANCH.sub("#", actual), _BRANCH.sub("#", expected)
    return mine == theirs and len(_WORD.findall(mine)) > 0


def written_otherwise(actual: str, expected: str) -> bool:
    """Say whether both are one value, in the writing of two versions of a language or library."""
    if _written(actual) != _written(expected):
        return False
    return _MARKS.sub("", actual) != _MARKS.sub("", expected)


def _written(side: str) -> str:
    return _MARKS.sub("", _UNICODE.sub("", _ENUM.sub(r"\1", side)))
