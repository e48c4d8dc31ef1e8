"""The two sides of a comparison that failed, put on one line for the patterns to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from diagnose.evidence._line import LONGEST, Line

_SIDE = re.compile(
    r"\s*(?:expected|received|actual|want(?:ed)?|got|desired|left|right|but was|[-+xy])"
    r"(?: ?:|\b) ?\s*(.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:AssertionError: )?(?:assert )?(.*?) (?:==|!=|to (?:deeply )?equal|but was:?) (.*)"
)
_ITEM = re.compile(r"[\w.]+")
_LABEL = re.compile(
    r"\s*(?:expected|received|actual|got|want(?:ed)?)\b[\w ]{0,24}:\s*", re.IGNORECASE
)
_HOUR = re.compile(r"(?<!\d)\d\d(?=:\d\d:\d\d)")


def compared(lines: list[Line]) -> Iterator[Line]:
    """Yield the two sides of a comparison as one, where they are printed on two lines."""
    told = list(_labelled([line for line in lines if line.said.strip()]))
    for one, other in pairwise(told):
        left, right = _SIDE.match(one.said), _SIDE.match(other.said)
        if left and right and one.place and other.place and left[0] != right[0]:
            yield one._replace(place="assertion", words=_compared(left[1], right[1]))
        elif one.place and other.place and _hours_apart(one.said, other.said):
            yield one._replace(place="assertion", words=_compared(one.said, other.said))
    for line in told:
        if line.place == "assertion" and (match := _BETWEEN.match(line.said)):
            words = _compared(match[1], match[2])
            if words.endswith(REORDERED):
                yield line._replace(words=words)


def _labelled(told: list[Line]) -> Iterator[Line]:
    """Put a label that has a line of its own before what stands on the next."""
    labels = [bool(_LABEL.fullmatch(line.said[:LONGEST])) for line in told]
    for number, line in enumerate(told):
        if number and labels[number - 1] and not labels[number]:
            label = told[number - 1]
            yield label._replace(words=f"{label.said.strip()} {line.said.strip()}")
        elif not labels[number]:
            yield line


def _hours_apart(one: str, other: str) -> bool:
    """Say whether two lines are the same but for the hour of a time."""
    return one != other and _HOUR.sub("", one[:LONGEST]) == _HOUR.sub("", other[:LONGEST])


REORDERED = "(the same items in another order)"


def _compared(left: str, right: str) -> str:
    """Put two sides together, and say so if they hold the same things."""
    left, right = left.strip()[:LONGEST], right.strip()[:LONGEST]
    mine, theirs = _ITEM.findall(left), _ITEM.findall(right)
    same = len(mine) > 2 and mine != theirs and sorted(mine) == sorted(theirs)
    return f"{left} != {right} {REORDERED if same else ''}".strip()
