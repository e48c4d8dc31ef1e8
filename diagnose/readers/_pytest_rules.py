"""The lines pytest draws across the terminal, and the sum it prints at the end."""

import re
from typing import NamedTuple

SINGULAR = {
    "errors": "error",
    "warnings": "warning",
    "pytest-warnings": "warning",
    "pytest-warning": "warning",
}
WORDS = frozenset(
    (
        *("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error"),
        *("rerun", "subtests passed", "subtests failed"),
    )
)
COUNT = r"\d{1,9} [a-z][a-z-]{1,20}(?: [a-z]{1,20})?"
SUM = re.compile(
    rf"({COUNT}(?:, {COUNT}){{0,30}}|no tests ran|no tests collected(?: \(.{{1,40}}\))?)"
    r" in ([\d.,]{1,15}) ?s(?:econds)?(?: \([\d:, a-z]{1,40}\))?$"
)
COLLECTED = re.compile(
    r"(\d{1,9})(?:/\d+)? tests? collected(?: \(.{1,60}\))?(?:, \d+ errors?)? in "
)
STARTS = "test session starts"
LONGEST_TITLE = 4096


class Sum(NamedTuple):
    """The last line of a session: its words and numbers, and how long it took."""

    counts: dict[str, int]
    seconds: float | None
    collected: int | None = None


def title(text: str, char: str) -> str:
    """Return what stands in the middle of a rule drawn with that character; "" if it is none."""
    text = text.rstrip()
    if len(text) > LONGEST_TITLE or not text.endswith(char) or not text.startswith(char):
        return ""
    inner = text.strip(char)
    if len(inner) < 3 or inner[0] != " " or inner[-1] != " ":
        return ""
    return inner[1:-1]


def total(text: str) -> Sum | None:
    """Read the sum of a session, as `1 failed, 2 passed in 0.12s`."""
    if len(text) > 500:
        return None
    if match := COLLECTED.match(text):
        return Sum({}, None, int(match[1]))
    match = SUM.match(text.rstrip())
    if not match:
        return None
    counts: dict[str, int] = {}
    for part in match[1].split(", "):
        number, _, word = part.partition(" ")
        if number.isdecimal():
            word = SINGULAR.get(word, word)
            counts[word] = counts.get(word, 0) + int(number)
    return Sum(counts, _number(match[2]))


def bare_total(text: str) -> Sum | None:
    """Read a sum that no rule surrounds, as -q prints it; it must count in pytest's words."""
    if not text[:1].isdecimal() and not text.startswith("no tests"):
        return None
    found = total(text.rstrip())
    if found and (found.collected is not None or not found.counts):
        return found
    return found if found and found.counts.keys() <= WORDS else None


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
