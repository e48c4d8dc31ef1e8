"""The index of the catalogue: `docs/causes.md`, and what `explain` prints of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from diagnose.clues import Page
from diagnose.diagnosis import Verdict

HEAD = """# Causes

What `diagnose` knows by sight. Each cause is a page in `diagnose/causes/` that holds its rule, its
prose and its examples; `diagnose explain <cause>` prints what it says. This index is made from the
pages.
"""


def listing(pages: Mapping[str, Page], theirs: Collection[str] = ()) -> str:
    """List all pages for a terminal, by their usual verdict; `theirs` are a team's own."""
    lines = []
    for verdict in get_args(Verdict):
        rows = sorted(name for name, page in pages.items() if page.verdict == verdict)
        if rows:
            lines.append(verdict)
            lines += [_entry(name, pages[name].title, name in theirs) for name in rows]
            lines.append("")
    return "\n".join([*lines, "`diagnose explain CAUSE` prints the page of one.", ""])


def _entry(name: str, title: str, own: bool) -> str:
    return f"  {name:<20} {title}{' (your page)' if own else ''}"


def index(pages: Mapping[str, Page]) -> str:
    """Write the table of all pages, grouped by their usual verdict."""
    parts = [HEAD]
    for verdict in get_args(Verdict):
        rows = [page for page in pages.values() if page.verdict == verdict]
        if rows:
            parts.append(f"## {verdict}\n\n| cause | what happened | patterns |\n|---|---|---|")
            parts += [_row(page) for page in sorted(rows, key=lambda page: page.cause)]
            parts.append("")
    return "\n".join(parts)


def _row(page: Page) -> str:
    link = f"[`{page.cause}`](../diagnose/causes/{page.cause}.md)"
    return f"| {link} | {page.title} | {len(page.patterns)} |"
