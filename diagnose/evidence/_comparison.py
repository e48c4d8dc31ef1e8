"""The two sides of a comparison that failed, put on one line for the patterns to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from diagnose.evidence._line import LONGEST, Line

_SIDE = re.compile(
    r"\s*(?:expected|received|actual|want(?:ed)?|got|desired|left|right|but:? was|[-+xy])"
    r"(?: ?:|\b) ?\s*(.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:AssertionError: )?(?:assert )?(.*?) (?:[=!<>]=|to (?:deeply )?equal|but was:?) (.*)"
)
_ITEM = re.compile(r"[\w.]+")
_LABEL = re.compile(
    r"\s*(?:expected|received|actual|got|want(?:ed)?)\b[\w ]{0,24}:\s*", re.IGNORECASE
)
_HOUR = re.compile(r"(?<!\d)\d\d(?=:\d\d:\d\d)")


def compared(lines: list[Line]) -> Iterator[Line]:
    """Yield the two sides of a comparison as one, where they are printed on two lines."""
    told = list(_labelled([(line, said) for line in lines if (said := line.said).strip()]))
    marked = [(line, said, line.place and _SIDE.match(said)) for line, said in told]
    for (one, mine, left), (other, its, right) in pairwise(marked):
        if left and right and left[0] != right[0]:
            yield one._replace(place="assertion", words=_compared(left[1], right[1]))
        elif one.place and other.place and len(mine) == len(its) and _hours_apart(mine, its):
            yield one._replace(place="assertion", words=_compared(mine, its))
    for line, said in told:
        if line.place == "assertion" and (match := _BETWEEN.match(said)):
            words = _compared(match[1], match[2])
            if words.endswith((REORDERED, HOURS)):
                yield line._replace(words=words)


def _labelled(told: list[tuple[Line, str]]) -> Iterator[tuple[Line, str]]:
    """Put a label that has a line of its own before what stands on the next."""
    label: tuple[Line, str] | None = None
    for line, said in told:
        if said.rstrip().endswith(":") and _LABEL.fullmatch(said[:LONGEST]):
            label = line, said
            continue
        if label:
            words = f"{label[1].strip()} {said.strip()}"
            yield label[0]._replace(words=words), words
        else:
            yield line, said
        label = None


def _hours_apart(one: str, other: str) -> bool:
    """Say whether two lines are the same but for the hour of a time."""
    return one != other and _HOUR.sub("", one[:LONGEST]) == _HOUR.sub("", other[:LONGEST])


REORDERED = "(the same items in another order)"


HOURS = "(hours apart)"
_EPOCH = re.compile(r"(?<![\w.])1\d{9}(?:\d{3})?(?![\w.])")
_LONGEST_SHIFT = 14 * 3600
_JITTER = 1  # seconds that pass between two looks at the clock


def _epochs_apart(left: str, right: str) -> bool:
    """Say whether two moments, in seconds or milliseconds, differ as the clocks of zones do."""
    one, other = _EPOCH.findall(left), _EPOCH.findall(right)
    if len(one) != 1 or len(other) != 1 or len(one[0]) != len(other[0]):
        return False
    second = 1000 if len(one[0]) > 10 else 1
    apart = abs(int(one[0]) - int(other[0])) / second
    return 900 < apart <= _LONGEST_SHIFT and abs(apart - round(apart / 1800) * 1800) <= _JITTER


def _compared(left: str, right: str) -> str:
    """Put two sides together, and say so if they hold the same things or hours lie between."""
    left, right = left.strip()[:LONGEST], right.strip()[:LONGEST]
    mine, theirs = _ITEM.findall(left), _ITEM.findall(right)
    same = len(mine) > 2 and mine != theirs and sorted(mine) == sorted(theirs)
    apart = _epochs_apart(left, right)
    return f"{left} != {right} {REORDERED if same else HOURS if apart else ''}".strip()
