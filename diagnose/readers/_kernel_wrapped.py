"""Lines that a mail program or a terminal broke, made whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diagnose.readers._kernel_prefix import take_off
from diagnose.readers._lines import Line

WIDEST = 160  # an unbroken report has longer lines
NARROWEST = 50
QUOTE = re.compile(r"(?:[>|]\s?)+")
NAMELESS = re.compile(r"\[\s*\d{1,10}\](?:\s{1,12}-?\d{1,20}){4,12}\s*$")  # a row without its name
# How a message begins that needs no stamp to be known for one.
FRESH = re.compile(
    r"\s*(?:\[\s*(?:\d+\]\s+\d|pid\s)|Killed process|Out of [mM]emory|Memory cgroup|memory: |swap: "
    r"|kmem: |memory\+swap: |oom-kill:|oom_reaper|Tasks |Mem-Info|Node \d|lowmem_reserve|Call Trace"
    r"|</?TASK>|CPU: |Hardware name|R[A-Z0-9]{2}: |Code: |[a-z_]+ \d+$|\S+\+0x|\? |\d+ \w+ "
    r"|(?:Total|Free) swap|\S+:\d+ \S+:\d+|[{}\]\"])"
)


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join what belongs to one line, if these lines look broken; it keeps its first number."""
    # a word that is longer than a line stands alone, however long
    width = max((len(line.text) for line in lines if " " in line.text[20:]), default=0)
    if not NARROWEST <= width <= WIDEST:
        return list(lines)
    whole: list[Line] = []
    before = ""
    for line in lines:
        text = line.text
        glue = _glue(before, text, width) if whole else None
        if glue is None:
            whole.append(line)
        else:
            joined = whole[-1].text + glue + QUOTE.sub("", text, count=1).lstrip()
            whole[-1] = whole[-1]._replace(text=joined[: WIDEST * 8])
        before = text
    return whole


def _glue(before: str, text: str, width: int) -> str | None:
    """Say what joins a line to the one before it: nothing, a blank, or None if it is no rest."""
    nameless = NAMELESS.search(before)
    if len(before) < width * 0.6 and not nameless and not _bare(before):
        return None
    rest = QUOTE.sub("", text, count=1) if text[:1] in "> |" else text
    word = rest.split(maxsplit=1)[0] if rest.strip() else ""
    if not word or take_off(rest).stamped or (FRESH.match(rest) and not nameless):
        return None
    if len(before) == width:
        return ""
    return " " if nameless or len(before) + 1 + len(word) > width else None


def _bare(before: str) -> bool:
    """Say whether a line is only a stamp: the word behind it did not fit."""
    return before.rstrip().endswith(("]", ":")) and not take_off(before.rstrip() + " ").text
