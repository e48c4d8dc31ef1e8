"""The page of a cause for somebody at a terminal: what it is and what to do, without its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from diagnose.clues import Page
from diagnose.words import clean

WIDTH = 80
ITEM = re.compile(r"(?:[-*+]|\d{1,2}\.) +")
AS_IT_STANDS = ("    ", "\t", "|", "#", ">")  # code, tables, headings, quotes


def manual(page: Page) -> str:
    """Write what a page says to people; how the cause is known is what `--source` is for."""
    parts = [
        f"# {page.title}",
        f"{page.cause} · {page.verdict.replace('_', ' ')}",
        page.prose,
        "## What to do",
        page.remedy,
        f"Its rule and examples: diagnose explain {page.cause} --source",
    ]
    return "\n\n".join("\n".join(_wrapped(clean(part))) for part in parts if part) + "\n"


def _wrapped(text: str) -> Iterator[str]:
    """Fill the lines of paragraphs and of list items; leave all else as it is."""
    said: list[str] = []
    fenced = False
    for line in text.splitlines():
        fence = line.lstrip().startswith("```")
        kept = fenced or fence or not line.strip() or line.startswith(AS_IT_STANDS)
        if kept or ITEM.match(line.lstrip()):
            yield from _filled(said)
            said = []
        if kept:
            yield line
        else:
            said.append(line)
        fenced ^= fence
    yield from _filled(said)


def _filled(lines: list[str]) -> list[str]:
    """Fill one paragraph or item; what hangs below an item's first word stays there."""
    if not lines:
        return []
    margin = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    mark = ITEM.match(lines[0].lstrip())
    hanging = margin + " " * len(mark[0] if mark else "")
    text = " ".join(line.strip() for line in lines)
    return wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
