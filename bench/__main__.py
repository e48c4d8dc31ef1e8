"""Measure `diagnose` against peers; exit code 1 where a target is missed."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from bench.data import CACHE, megabytes
from bench.rounds import interleaved
from bench.targets import Costs, Target, growing, small, streaming, targets, whole


def main() -> int:
    """Prepare the data, run all contenders by turns, and print how the targets fare."""
    options = _options()
    size = 10 if options.quick else max(10, options.size)
    sizes = tuple(sorted({size // 10, size} | (set() if options.quick else {10, 100})))
    make = [sys.executable, "-m", "bench.data", str(options.cache), *map(str, sizes)]
    subprocess.run(make, check=True)  # a process of its own: its memory would count as everyone's
    few, many = (3, 7) if options.quick else (5, 15)
    long = streaming(options.cache, size) | whole(options.cache, size)
    costs, absent = interleaved(long | growing(options.cache, sizes), options.rounds or few)
    short = streaming(options.cache, 0) | small(options.cache)
    costs_of_start, absent_too = interleaved(short, many)
    costs, absent = costs | costs_of_start, absent | absent_too
    rows = [_row(target, costs, absent) for target in targets(sizes, size)]
    print(_table(costs, absent, rows))
    _save(options.cache / "results.json", size, costs, rows)
    missed = any(row["met"] is False for row in rows)
    return int(missed and not options.report_only)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10 MB, three rounds")
    parser.add_argument("--size", type=megabytes, default=100, help="100MB unless said: 1GB ...")
    parser.add_argument("--rounds", type=int, help="how often each contender runs")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where data lies")
    parser.add_argument("--report-only", action="store_true", help="exit 0 whatever is missed")
    return parser.parse_args()


class Row(TypedDict):
    """A target and what became of it; no value where a peer is not there."""

    target: str
    limit: float
    at_least: bool
    value: float | None
    met: bool | None


def _row(target: Target, costs: Costs, absent: Mapping[str, str]) -> Row:
    row = Row(target=target.title, limit=target.limit, at_least=target.lower, value=None, met=None)
    reasons = [absent[name] for name in target.needs if name in absent]
    if reasons:
        row["met"] = False if any(reason.startswith("failed") for reason in reasons) else None
    else:
        value = target.figure(costs)
        row |= {"value": round(value, 3), "met": target.met(value)}
    return row


def _table(costs: Costs, absent: Mapping[str, str], rows: list[Row]) -> str:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{'medians of fresh processes':42} {'CPU s':>11} {'clock s':>11} {'peak MB':>11}",
        *(
            f"{name:42} {cost.cpu:11.3f} {cost.wall:11.3f} {cost.rss:11.1f}"
            for name, cost in costs.items()
        ),
        *(f"{name}: {why}"[:80] for name, why in absent.items()),
        f"(a peak is never below {own:.1f} MB, which a process has from the one that starts it)",
        "",
        f"{'target':44} {'limit':>13} {'measured':>11} {'':>8}",
    ]
    return "\n".join([*lines, *map(_line, rows)])


def _line(row: Row) -> str:
    limit = f"{'at least' if row['at_least'] else 'at most'} {row['limit']:g}"
    value = "none" if row["value"] is None else f"{row['value']:.2f}"
    mark = "skipped" if row["met"] is None else "ok" if row["met"] else "MISSED"
    return f"{row['target']:44} {limit:>13} {value:>11} {mark:>8}"


def _save(path: Path, size: int, costs: Costs, rows: list[Row]) -> None:
    medians = {name: cost._asdict() for name, cost in costs.items()}
    result = {"megabytes": size, "medians": medians, "targets": rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
