"""Batches of inputs, what each came to, and what all of them add up to."""

from __future__ import annotations

import hashlib
import sys
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fuzz.seeds import inputs
from fuzz.trial import Find, Spent, tried

Batch = list[tuple[Spent | Find, str]]  # what became of inputs, and how they came about
Work = tuple[list[Path], int, int]  # files, seed, number of inputs
SETTLED = 100  # inputs of a process, after which all is loaded that is loaded once


class Tally(NamedTuple):
    """What many inputs came to."""

    spent: list[tuple[Spent, str]]
    finds: list[Find]
    grown: list[float]
    opened: int


def batch(work: Work) -> Batch:
    """Try some inputs; return what became of each, and how it came about."""
    files, seed, size = work
    some = list(islice(inputs(files, seed), size))
    return [(told, each.origin) for told, each in zip(tried(some), some, strict=True)]


def added(tally: Tally, found: Batch, folder: Path) -> Tally:
    """Add a batch, and keep its finds."""
    opened = tally.opened
    held: list[Spent] = []
    for told, origin in found:
        if isinstance(told, Find):
            tally.finds.append(told)
            keep(told, folder)
            held = []
        else:
            tally.spent.append((told, origin))
            held.append(told)
    if len(held) > SETTLED:
        later = held[SETTLED:]
        tally.grown.append((later[-1].held - later[0].held) / len(later))
        opened += max(0, later[-1].files - later[0].files)
    return tally._replace(opened=opened)


def keep(find: Find, folder: Path) -> None:
    """Write a find where the tests try it from then on, and say what it did."""
    name = hashlib.sha256(find.input.data).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{find.input.subject}-{name}").write_bytes(find.input.data)
    print(f"{find.input.subject}-{name} ({find.input.origin}): {find.how}", file=sys.stderr)


def growth(tally: Tally) -> float:
    """Return by how many MB a process grew with each input."""
    return sum(tally.grown) / len(tally.grown) if tally.grown else 0.0


def figures(tally: Tally, files: int, seconds: float) -> str:
    """Say what it came to."""
    slowest = max(tally.spent, key=lambda it: it[0].seconds, default=(Spent(0, 0, 0, 0), ""))
    largest = max(tally.spent, key=lambda it: it[0].peak, default=slowest)
    cpu = sum(each.seconds for each, _ in tally.spent)
    return "\n".join(
        (
            f"{len(tally.spent) + len(tally.finds):,} inputs made of {files} files",
            f"{seconds:.0f} s by the clock, {cpu:.0f} s of CPU",
            f"slowest {slowest[0].seconds:.2f} s ({slowest[1]})",
            f"peak memory {largest[0].peak:.0f} MB ({largest[1]})",
            f"growth {growth(tally) * 1024:.0f} KB an input, {tally.opened} files left open",
            f"{len(tally.finds)} finds",
        )
    )
