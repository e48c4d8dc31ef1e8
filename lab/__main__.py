"""`python -m lab run [NAME…]` records scenarios, `list` names them, `score` compares."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from lab import machine
from lab.recordings import RECORDINGS
from lab.scenario import ScenarioError, load, names
from lab.scoring import figures, score_all
from lab.work import record


def main() -> int:
    """Do what the words say; 1 where a scenario did not go as it says."""
    options = _options()
    if options.verb == "list":
        for name in names():
            scenario = load(name)
            print(f"{name:24} {scenario.spec['split']:5} {scenario.spec['says']}")
        return 0
    if options.verb == "score":
        return _score(options.names, options.split)
    return _run(options.names or names(), options.into, options.keep)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab", description=__doc__)
    parser.add_argument("verb", choices=["run", "list", "score"])
    parser.add_argument("names", nargs="*", metavar="NAME", help="all of them unless said")
    parser.add_argument("--into", type=Path, default=RECORDINGS, help="where recordings go")
    parser.add_argument("--keep", type=Path, help="keep the notes and logs of the runs here")
    parser.add_argument("--split", choices=["train", "test"], default="", help="score this half")
    return parser.parse_args()


def _run(chosen: list[str], into: Path, keep: Path | None) -> int:
    scenarios = [load(name) for name in chosen]
    machine.install(need for scenario in scenarios for need in scenario.needs)
    wrong = 0
    for scenario in scenarios:
        if lacks := machine.lacking(scenario.needs):
            print(f"{scenario.name:24} skipped: needs {', '.join(lacks)}", flush=True)
            continue
        began = time.monotonic()
        try:
            made = record(scenario, into, keep and keep / scenario.name)
        except ScenarioError as error:
            wrong += 1
            print(f"{scenario.name:24} WRONG {error}", flush=True)
            continue
        took, size = time.monotonic() - began, made.stat().st_size
        print(f"{scenario.name:24} {took:5.1f} s {size:8,} bytes", flush=True)
    return 1 if wrong else 0


def _score(chosen: list[str], split: str) -> int:
    rows = list(score_all(chosen, split))
    for row in rows:
        for miss in row.misses:
            print(f"{row.name}: {miss}")
    for name, value in figures(rows).items():
        print(f"{name:24} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
