"""What another machine, or another run, calls the same thing."""

from __future__ import annotations

import re

ADDRESSES = "(the same but for addresses)"
PLATFORM = "(the same but for the platform)"

_WORD = re.compile(r"[A-Za-z]{2,}")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}|\bid='\d+'")
_PASSING = re.compile(  # what every run has new
    r"(?<![\w.])(?:/private)?/(?:tmp|var/folders)/[\w./+-]+|(?<=localhost:)\d+|(?<=127\.0\.0\.1:)\d+"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\bpid[ =:]+\d+",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"(?<![a-z])(?:x86[_-]64|amd64|i[3-6]86|aarch64|arm64|ppc64(?:le)?|s390x|riscv64"
    r"|linux(?:-gnu)?|darwin|win(?:dows|32)|macos(?:x)?)(?![a-z])|(?<![\w/])/private(?=/(?:tmp|var)/)",
    re.IGNORECASE,
)


def other_platform(actual: str, expected: str) -> bool:
    """Say whether the names of systems and processors are all that differs."""
    mine = _PLATFORM.sub("", actual)
    return mine != actual and mine == _PLATFORM.sub("", expected) and bool(_WORD.search(mine))


def other_addresses(actual: str, expected: str) -> bool:
    """Say whether addresses, or what every run has new, are all that differs."""
    mine, theirs = _ADDRESS.sub("", actual), _ADDRESS.sub("", expected)
    if mine == theirs:
        return True
    mine = _PASSING.sub("", mine)
    return mine == _PASSING.sub("", theirs) and bool(_WORD.search(mine))
