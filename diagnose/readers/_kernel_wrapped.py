"""Lines that a mail program or a terminal broke, made whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from diagnose.readers._kernel_prefix import take_off
from diagnose.readers._lines import Line

WIDEST = 160  # an unbroken report has longer lines
NARROWEST = 50
FEW = 20  # one line in so many may be a person's, who did not break it
QUOTE = re.compile(r"(?:[>|]\s?)+")
NAMELESS = re.compile(r"\[\s*\d{1,10}\](?:\s{1,12}-?\d{1,20}){0,12}\s*$")  # a row without its name
# Lines that continue a message of several lines, and are none that was broken.
CONTINUED = re.compile(
    r"\s*(?:[a-z_]+ \d+$|\S+:\d+ \S+:\d+|\[\s*(?:\d+\]\s+\d|pid\s)|[{}\]\"]|_?[A-Z_]{2,40}=)"
)
# How a message begins that needs no stamp to be known for one.
FRESH = re.compile(
    r"\s*(?:Killed process|Out of [mM]emory|Memory cgroup|(?:memory|swap|kmem|memory\+swap): usage"
    r"|oom-kill:|oom_reaper|Tasks |Mem-Info|Node \d|lowmem_reserve|Call Trace|</?TASK>|CPU: "
    r"|Hardware name|R[A-Z0-9]{2}: |Code: |\S+\+0x|\? |\d+ \w+ |(?:Total|Free) swap)"
)


class _Shape(NamedTuple):
    """How lines were broken: at which column, and whether in the midst of words."""

    width: int
    hard: bool


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join what belongs to one line, if these lines look broken; it keeps its first number."""
    shape = _shape([line.text for line in lines])
    if shape.width < NARROWEST:
        return list(lines)
    whole: list[Line] = []
    before = ""
    for line in lines:
        text = line.text
        glue = _glue(whole[-1].text, before, text, shape) if whole else None
        if glue is None:
            whole.append(line)
        else:
            rest = _unquoted(text)
            joined = whole[-1].text + (glue + rest.lstrip() if glue else rest)
            whole[-1] = whole[-1]._replace(text=joined[: WIDEST * 8])
        before = text
    return whole


def _shape(texts: Sequence[str]) -> _Shape:
    # a word that is longer than a line stands alone, however long
    wide = [text for text in texts if " " in text[20:]]
    whole = [text for text in wide if len(text) > WIDEST]
    if len(whole) * FEW > len(texts) or any(map(_begins, whole)):
        return _Shape(0, hard=False)
    width = max((len(text) for text in wide if len(text) <= WIDEST), default=0)
    full = short = 0
    for before, text in pairwise(texts):
        rest = _unquoted(text)
        if len(before) == width and rest.startswith(" ") and not _begins(rest):
            return _Shape(width, hard=True)  # who breaks between words leaves no blanks
        words = rest.split(maxsplit=1) if len(before) > width * 0.85 else ()
        if words and not _begins(rest):
            full += len(before) == width
            short += len(before) < width <= len(before) + len(words[0])
    return _Shape(width, short < 2 and full > 0)


def _begins(rest: str) -> bool:
    """Say whether a message begins here, stamped or not."""
    return bool(FRESH.match(rest) or CONTINUED.match(rest) or take_off(rest).stamped)


def _glue(line: str, before: str, text: str, shape: _Shape) -> str | None:
    """Say what joins a text to the line whose last part was before it; None if it is no rest."""
    nameless = NAMELESS.search(line)
    if len(before) < shape.width * 0.3 and not nameless and not _bare(before):
        return None
    rest = _unquoted(text)
    word = rest.split(maxsplit=1)[0] if rest.strip() else ""
    if not word or take_off(rest).stamped:
        return None
    other = CONTINUED.match(rest) or (FRESH.match(rest) and not take_off(line).stamped)
    if other and not nameless:
        return None
    full = shape.width + (not shape.hard and " " in before[20:])
    if len(before) >= full:
        return ""
    return " " if nameless or len(before) + 1 + len(word) > shape.width else None


def _unquoted(text: str) -> str:
    match = QUOTE.match(text)
    return text[match.end() :] if match else text


def _bare(before: str) -> bool:
    """Say whether a line is only a stamp: the word behind it did not fit."""
    return before.rstrip().endswith(("]", ":")) and not take_off(before.rstrip() + " ").text
