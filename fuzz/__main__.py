"""Damage real files and see what breaks: `python -m fuzz`; exit code 1 where something does."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult
from pathlib import Path

from fuzz.seeds import FINDS, seeds
from fuzz.tally import Batch, Tally, Work, added, batch, figures, growth

BATCH = 250  # inputs of one process: enough to show what a process does not give back
GROWTH = 0.5  # MB an input, above which something is not given back


def main() -> int:
    """Try inputs until time or number is up; keep the finds, and print the figures."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that those who work end too
    options = _options()
    files = seeds(options.corpus)
    begun = time.monotonic()
    tally = Tally([], [], [], 0)
    with get_context("spawn").Pool(options.jobs) as pool:
        waiting = deque[AsyncResult[Batch]]()
        for work in _rounds(options, files, begun):
            waiting.append(pool.apply_async(batch, (work,)))
            if len(waiting) > options.jobs:
                tally = added(tally, waiting.popleft().get(), options.finds)
        for last in waiting:
            tally = added(tally, last.get(), options.finds)
    print(figures(tally, len(files), time.monotonic() - begun))
    return int(bool(tally.finds) or tally.opened > 0 or growth(tally) > GROWTH)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="60 unless said")
    parser.add_argument("--inputs", type=int, help="as many, however long that takes")
    parser.add_argument("--seed", type=int, default=1, help="the same inputs for the same seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="more sound files")
    parser.add_argument("--finds", type=Path, default=FINDS, help="where finds are kept")
    return parser.parse_args()


def _rounds(options: argparse.Namespace, files: list[Path], begun: float) -> Iterator[Work]:
    number = 0
    while options.inputs is None or number * BATCH < options.inputs:
        if options.inputs is None and time.monotonic() - begun > options.seconds:
            return
        number += 1
        yield files, options.seed * 1_000_003 + number, BATCH


if __name__ == "__main__":
    sys.exit(main())
