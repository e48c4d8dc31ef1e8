"""The catalogue of causes: a page each, that is the rule, the manual and the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from diagnose.causes._index import index, listing
from diagnose.causes._manual import manual
from diagnose.causes._page import parse
from diagnose.clues import Page, Pattern
from diagnose.errors import InputError

__all__ = [
    "CAUSES",
    "Page",
    "Pattern",
    "catalogue",
    "index",
    "listing",
    "load",
    "manual",
    "patterns",
    "together",
]

LARGEST = 1 << 20  # bytes of a page
_FOLDER = Path(__file__).parent
CAUSES: tuple[str, ...] = tuple(sorted(path.stem for path in _FOLDER.glob("*.md")))


def load(folder: Path) -> dict[str, Page]:
    """Read the pages of a folder, by cause; complain about the first that is not well formed."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder", hint="give the folder of the cause pages")
    pages = {path.stem: read(path) for path in sorted(folder.glob("*.md"))}
    if not pages:
        raise InputError(f"{folder}: no page in it", hint="a page is a file CAUSE.md")
    _insist_on_ids(pages)
    return pages


def together(folders: Iterable[Path]) -> dict[str, Page]:
    """Return our pages and those of a team's folders; a page of the same name replaces ours."""
    pages = dict(catalogue())
    for folder in folders:
        pages |= load(folder)
    if pages != catalogue():
        _insist_on_ids(pages)
    return pages


def _insist_on_ids(pages: Mapping[str, Page]) -> None:
    seen: dict[str, str] = {}
    for page in pages.values():
        for pattern in page.patterns:
            other = seen.setdefault(pattern.id, page.cause)
            if other != page.cause:
                raise InputError(
                    f"{page.cause}.md: the id {pattern.id!r} is taken by {other}.md",
                    hint="ids of patterns are unique over all pages",
                )


def read(path: Path) -> Page:
    """Read one page."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: too large for a page", hint="a cause is a page, not a book")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}", hint="a page is a text file in UTF-8") from error
    return parse(text, path.stem, str(path))


@cache
def catalogue() -> dict[str, Page]:
    """Return the pages that come with the program."""
    return load(_FOLDER)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return all patterns that come with the program."""
    return tuple(pattern for page in catalogue().values() for pattern in page.patterns)
