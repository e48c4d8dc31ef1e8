"""Failures that got nothing, and those who asked again and again until they gave up.

A wrong value is the work of whoever made it. That there is none is all that is left to see where
somebody found no room, came too late or was refused, and a layer between kept the error to itself.
"""

from __future__ import annotations

import re
from typing import Literal

_EMPTY = r"(?:\[\]|\{\}|\(\)|(?:frozen)?set\(\)|b?''|b?\"\"|0|dict_(?:keys|values)\(\[\]\))"
_BY_PYTEST = re.compile(
    rf"assert (?:(?P<missing>None)|{_EMPTY})(?: (?:==|>=?|is not) |$)"
    r"|assert .{1,200} in (?:\[\]|\{\}|set\(\)|''|\"\")$"
)
_BY_UNITTEST = re.compile(
    rf"(?:AssertionError: )?(?:\w+ differ: )?(?:(?P<missing>None)|{_EMPTY}) (?:!=|not greater) "
)
_TAKEN = re.compile(
    r"'NoneType'|^(?:IndexError|KeyError|StopIteration|StopAsyncIteration)\b"
    r"|\bIndexError: |\bpop from (?:an )?empty |\bDoesNotExist\b|\bNoResultFound\b"
    r"|\bunexpectedly None\b|\bNone is not true\b|Expecting value: line 1 column 1 "
)
_GAVE_UP = re.compile(
    r"(?i)\bafter \d+ (?:failed |unsuccessful )?(?:attempts?|retries|tries)\b"
    r"|\b(?:gave|giving) up\b|\bretries (?:exceeded|exhausted)\b|\bretry attempts? exhausted\b"
    r"|\b(?:exceeded|exhausted) (?:\w+ ){0,3}(?:retries|attempts)\b|\bRetryError\b"
)
LONGEST = 1000  # characters of a line that are looked at


def nothing_came(said: str, status: int = 0) -> Literal["", "missing", "empty"]:
    """Say whether a line tells that something was missing, or empty, and not wrong."""
    line = said[:LONGEST].removeprefix("AssertionError: ")
    compared = _BY_PYTEST.match(line) or _BY_UNITTEST.match(line)
    if compared:
        return "missing" if compared["missing"] else "empty"
    taken = not line.startswith("assert ") and _TAKEN.search(line)
    return "missing" if taken or status == 404 else ""


def gave_up(said: str) -> bool:
    """Say whether somebody tried several times: what went wrong each time, a log may tell."""
    return not said.startswith("assert ") and bool(_GAVE_UP.search(said[:LONGEST]))
