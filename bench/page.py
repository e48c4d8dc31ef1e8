"""Writes docs/performance.md: what was measured, on what, as tables beside a plot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import isfinite
from textwrap import fill

from bench.contenders import Kind
from bench.rounds import Cost
from bench.tables import Kept, Table, label

WIDTH = 100  # of a line of prose
HEAD = """\
# Performance

Made by `make peers`, here with `ARGS="{words}"`; every figure is the median of fresh processes that
took turns, so that what else the machine did fell on all alike. CPU seconds add up all cores and
all children; memory is the largest process; *written* is what it left on the disk, and *opens* the
seconds until a page is drawn and usable in a browser just started ("∞" for {never}). Look at the
ratios: absolute figures are this machine's ({machine}).

`python -m bench` holds the promises (reader against expat, scanner against ripgrep, start-up, bytes
a test), and fails where one is broken; this page shows where `diagnose` stands among tools that
read the same files. They do not do the same: loops and parsers stop where the work begins; those
that write HTML or JSON group and judge nothing; publish-unit-test-result-action does what it does
before it asks GitHub, without its lists of tests; ripgrep finds lines; lnav finds entries, of which
lines without a date are a part, and knows no test.

Who took part: {versions}.
"""

WEAK = """\
## The three largest weaknesses, and what was done

1. **Thousands of different failures.** Reading is a quarter of the time; most goes into taking
   failures apart, judging them one by one and looking for secrets in what is shown. Texts are now
   taken apart once, failures that begin alike are read by example, and only what a page shows is
   searched, which took a third of the time away. To load the same file into a DOM and look at
   nothing is still quicker.
2. **Memory of failing tests.** Their texts are kept whole, so that quotes are exact; passing tests
   take some 100 bytes each.
3. **Python's start.** Nothing is imported before it is needed (no pandas, plotly or sockets for a
   report in the terminal), and yet a tenth of a second is the floor.
"""


def page(tables: Sequence[Table], promises: Sequence[Kept], plot: str, **told: str) -> str:
    """Write the whole page, with the name of the plot's file and what is told of the run."""
    head = (fill(each, WIDTH, break_on_hyphens=False) for each in HEAD.format(**told).split("\n\n"))
    parts = ["\n\n".join(head) + "\n", _promised(promises)]
    for kind, of_kind in groupby(tables, lambda table: table.kind):
        parts.append(_chapter(kind, list(of_kind), plot))
    return "\n".join([*parts, WEAK])


def _promised(promises: Sequence[Kept]) -> str:
    rows = ["## What is promised", "", "| what | limit | measured | |", "|---|--:|--:|---|"]
    return "\n".join([*rows, *(f"| {' | '.join(promise)} |" for promise in promises)]) + "\n"


def _chapter(kind: Kind, tables: Sequence[Table], plot: str) -> str:
    several = len(tables) > 1
    parts = [f"## {kind.title}\n"]
    if several and plot:
        parts.append(f"![CPU seconds and memory of each, by size]({plot}-{kind.data}.svg)\n")
    for table in tables:
        parts.append(f"### {label(table.size)}\n" if several else "")
        parts.append(_table(table))
        parts.append(_remarks(table))
    if several:
        parts.append(_growth(tables))
    return "\n".join(part for part in parts if part)


def _table(table: Table) -> str:
    base = table.costs.get(table.kind.ours)
    rows = ["| what | CPU s | clock s | peak MB | written MB | opens s | CPU : ours |"]
    rows.append("|---|--:|--:|--:|--:|--:|--:|")
    for name, cost in table.costs.items():
        more = "" if cost.finished else "> "
        share = f"{more}{cost.cpu / base.cpu:.2f}" if base else ""
        figures = f"{more}{cost.cpu:.2f} | {more}{cost.wall:.2f} | {cost.rss:.0f}"
        written = f"{cost.written:.1f}" if cost.written else ""
        rows.append(f"| {name} | {figures} | {written} | {_opens(table, name)} | {share} |")
    return "\n".join(rows) + "\n"


def _opens(table: Table, name: str) -> str:
    seconds = table.opened.get(name)
    return "" if seconds is None else f"{seconds:.2f}" if isfinite(seconds) else "∞"


def _remarks(table: Table) -> str:
    """Say who was given up, and who is missing."""
    given_up = (name for name, cost in table.costs.items() if not cost.finished)
    lines = [f"- {name}: given up; it would have taken longer\n" for name in given_up]
    lines += [f"- {name}: skipped, {why}\n" for name, why in table.absent.items()]
    return "".join(lines)


def _growth(tables: Sequence[Table]) -> str:
    """Say by what factors time and memory grow from size to size."""
    steps = list(pairwise(tables))
    titles = [f"{label(less.size)} → {label(more.size)}" for less, more in steps]
    rows = [
        "### How it grows",
        "",
        "CPU seconds by the first factor, peak memory by the second.",
        "",
    ]
    rows += [f"| what | {' | '.join(titles)} |", f"|---|{'--:|' * len(titles)}"]
    for name in dict.fromkeys(name for table in tables for name in table.costs):
        cells = [_factors(less.costs.get(name), more.costs.get(name)) for less, more in steps]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _factors(less: Cost | None, more: Cost | None) -> str:
    if not less or not more or not less.finished:
        return ""
    bound = "" if more.finished else "> "
    return f"{bound}{more.cpu / less.cpu:.1f} · {more.rss / less.rss:.1f}"
