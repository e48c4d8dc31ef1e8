"""The index of the catalogue, as `docs/causes.md` and `explain` show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from diagnose.clues import Page
from diagnose.diagnosis import Verdict

HEAD = """# Causes

What `diagnose` knows by sight. Each cause is a page in `diagnose/causes/` that holds its rule, its
prose and its examples; `diagnose explain <cause>` prints it. This index is made from the pages.
"""


def index(pages: Mapping[str, Page], theirs: Collection[str] = ()) -> str:
    """Write the table of all pages, grouped by their usual verdict; `theirs` are a team's own."""
    parts = [HEAD]
    for verdict in get_args(Verdict):
        rows = [page for page in pages.values() if page.verdict == verdict]
        if rows:
            parts.append(f"## {verdict}\n\n| cause | what happened | patterns |\n|---|---|---|")
            parts += [_row(page, theirs) for page in sorted(rows, key=lambda page: page.cause)]
            parts.append("")
    return "\n".join(parts)


def _row(page: Page, theirs: Collection[str]) -> str:
    link = f"[`{page.cause}`](../diagnose/causes/{page.cause}.md)"
    if page.cause in theirs:
        link = f"`{page.cause}`"
    return f"| {link} | {page.title} | {len(page.patterns)} |"
