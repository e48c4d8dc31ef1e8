"""Writes docs/performance.md: what was measured, on what, as tables and a plot of text."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

from bench.rounds import Cost

Tables = Mapping[str, tuple[Mapping[str, Cost], Mapping[str, str]]]
WIDTH = 40
HEAD = """\
# Performance

Made by `make peers`; every figure is the median of fresh processes that took turns, so that what
else the machine did fell on all alike. CPU seconds add up all cores and all children; memory is
the largest process. Look at the ratios: absolute figures are this machine's ({machine}).

`python -m bench` holds the promises (reader against expat, scanner against ripgrep, start-up, bytes
a test), and fails where one is broken; this page shows where `diagnose` stands among tools that
read the same files.
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


def page(tables: Tables, machine: str, ours: str) -> str:
    """Write the whole page."""
    parts = [HEAD.format(machine=machine)]
    for title, (costs, absent) in tables.items():
        parts.append(f"## {title}\n\n{_table(costs, ours)}")
        if absent:
            parts.append("".join(f"- {name}: {why}\n" for name, why in absent.items()))
    grown = _growth(tables)
    if grown:
        parts.append(f"## How it grows\n\n{grown}")
    parts.append(WEAK)
    return "\n".join(parts)


def _table(costs: Mapping[str, Cost], ours: str) -> str:
    base = costs.get(ours)
    rows = ["| what | CPU s | clock s | peak MB | CPU : ours |", "|---|--:|--:|--:|--:|"]
    for name, cost in costs.items():
        share = f"{cost.cpu / base.cpu:.2f}" if base else ""
        rows.append(f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.rss:.0f} | {share} |")
    return "\n".join(rows) + "\n"


def _growth(tables: Tables) -> str:
    """Draw the CPU seconds of each contender over the sizes, on a scale of powers of ten."""
    sizes = [title for title in tables if title.endswith(" MB")]
    names = list(tables[sizes[0]][0]) if len(sizes) > 1 else []
    lines = []
    for name in names:
        lines.append(name)
        for size in sizes:
            cost = tables[size][0].get(name)
            if cost:
                bar = "█" * max(1, round((log10(max(cost.cpu, 0.01)) + 2) * WIDTH / 5))
                lines.append(f"  {size:>8} {bar} {cost.cpu:.2f} s, {cost.rss:.0f} MB")
    return "```text\n" + "\n".join(lines) + "\n```\n" if lines else ""
