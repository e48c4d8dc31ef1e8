"""What a session says of its numbers: how many tests were meant to run, and how they ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnose.readers._pytest_session import Draft

SUBTEST = re.compile(r"[^\s\[]{1,1000}(?:\[.{0,1000}\])? [\[(]")  # the title of a block
PARTS = re.compile(r" / (\d{1,9}) (error|deselected|skipped)")


def selected(items: int, rest: str) -> tuple[int, dict[str, int]]:
    """Read what follows `collected 30 items`; return how many of them are to run, and the parts."""
    parts = {word: int(number) for number, word in PARTS.findall(rest[:200])}
    # Of what is `selected`, pytest < 7 takes errors and skipped modules off: they are no items.
    return max(items - parts.get("deselected", 0), 0), parts


def to_run(draft: Draft) -> int | None:
    """Return how many tests were selected; pytest < 3.5 says only at the end what was not."""
    if draft.collected is None or draft.basis or "deselected" in draft.parts:
        return draft.collected
    late = draft.sum.counts.get("deselected", 0) if draft.sum else 0
    return max(draft.collected - late, 0)


def counts_of(draft: Draft) -> dict[str, int]:
    """Return the numbers of the last line; where it is missing, those of the progress."""
    return draft.sum.counts if draft.sum else draft.progress.counts()


def numbers(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield what must be known of the counts by who wants to compare them with tests."""
    if not draft.sum and draft.progress.all_letters:
        yield "counts_basis", "progress"
    if collects_only(draft):
        yield "collect_only", "yes"
    if modules := _skipped_modules(draft):
        yield "skipped_modules", str(modules)
    failed, around = _subtests(draft)
    if failed:
        yield "subtests_failed", str(failed)
    if around:
        yield "passed_around_subtests", str(around)


def collects_only(draft: Draft) -> bool:
    """Say whether the tests were listed, and none was meant to run."""
    ran = draft.sum is not None and bool(draft.sum.counts)
    return draft.collecting_only or (draft.listing and not ran)


def _skipped_modules(draft: Draft) -> int:
    """Count the modules that were skipped as a whole; the last line counts them as tests."""
    if not draft.sum:
        return 0
    if "skipped" in draft.parts:
        return draft.parts["skipped"]
    return _beyond_letters(draft, "skipped") or _beyond_names(draft)


def _beyond_letters(draft: Draft, word: str) -> int:
    """Count what the last line says beyond the letters, where all letters are there."""
    said, letters = counts_of(draft), draft.progress.counts()
    whole = bool(letters) and letters.get("passed", 0) == said.get("passed", 0)
    return max(said.get(word, 0) - letters.get(word, 0), 0) if whole else 0


def _beyond_names(draft: Draft) -> int:
    """Count what the last line skipped beyond the tests it named, where all that passed are."""
    said, table = counts_of(draft), draft.progress.table
    if not len(table) or table.count("passed") < said.get("passed", 0):
        return 0
    return max(said.get("skipped", 0) + said.get("xfailed", 0) - table.count("skipped"), 0)


def _subtests(draft: Draft) -> tuple[int, int]:
    """Count the failed subtests, and the tests around them that passed nevertheless."""
    counts = counts_of(draft)
    words = [said.words for said in draft.progress.reported.values()]
    reported = sum(word.startswith("SUBFAIL") for said in words for word in said)
    letters = _beyond_letters(draft, "failed") if draft.progress.all_letters["u"] else 0
    titles = (block.title for part in draft.sections for block in part.blocks)
    blocks = sum(bool(SUBTEST.match(title)) for title in titles if title[-1:] in ")]")
    failed = max(draft.subfailures.total(), reported, letters, blocks)
    if not draft.sum or "subtests failed" in counts:  # letters tell them apart
        failed = 0
    listed = {rest.partition(" - ")[0] for word, rest, _ in draft.summary if word == "FAILED"}
    around = sum(name not in listed for name in draft.subfailures)
    return failed, around
