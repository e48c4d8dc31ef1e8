"""Failures that got nothing, and those who asked again and again until they gave up.

A wrong value is the work of whoever made it. That there is none is all that is left to see where
somebody found no room, came too late or was refused, and a layer between kept the error to itself.
"""

from __future__ import annotations

import re

NOTHING = r"(?:None|\[\]|\{\}|\(\)|set\(\)|frozenset\(\)|b?''|b?\"\"|0|dict_(?:keys|values)\(\[\]\))"
_COMPARED = re.compile(
    rf"assert {NOTHING}(?: (?:==|>=?|is not) |$)"
    rf"|assert .{{1,200}} in (?:None|\[\]|\{{\}}|set\(\)|''|\"\")$"
    rf"|(?:AssertionError: )?(?:(?:List|Dict|Set|Tuple|Sequence)s differ: )?{NOTHING} (?:!=|not greater) "
    rf"|AssertionError: (?:None|\[\]|\{{\}}|'') is not true\b|\bunexpectedly None\b"
)
_TAKEN = re.compile(
    r"'NoneType'|^(?:IndexError|KeyError|StopIteration|StopAsyncIteration)\b"
    r"|\bIndexError: |\bpop from (?:an )?empty |\bDoesNotExist\b|\bNoResultFound\b"
    r"|Expecting value: line 1 column 1 "
)
_GAVE_UP = re.compile(
    r"(?i)\bafter \d+ (?:failed |unsuccessful )?(?:attempts?|retries|tries)\b"
    r"|\b(?:gave|giving) up\b|\bretries (?:exceeded|exhausted)\b|\bretry attempts? exhausted\b"
    r"|\b(?:exceeded|exhausted) (?:\w+ ){0,3}(?:retries|attempts)\b|\bRetryError\b"
)
LONGEST = 1000  # characters of a line that are looked at


def nothing_came(said: str, status: int = 0) -> bool:
    """Say whether a failure's line tells that there was nothing where something was expected."""
    line = said[:LONGEST]
    compared = line.removeprefix("AssertionError: ") if "assert " in line else line
    found = _COMPARED.match(compared) or (not line.startswith("assert ") and _TAKEN.search(line))
    return status == 404 or bool(found)


def gave_up(said: str) -> bool:
    """Say whether somebody tried several times: what went wrong each time, a log may tell."""
    return not said.startswith("assert ") and bool(_GAVE_UP.search(said[:LONGEST]))
