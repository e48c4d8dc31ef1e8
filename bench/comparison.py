"""Writes the reports of twelve runs of one suite: a million results, some failing under load."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

TESTS = 83_334
WORKERS = (1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8, 8)
RUNS = f"12 runs, {TESTS * len(WORKERS):,} results"
FRAGILE = 555  # every so many'th test needs what parallel runs use up
FAILED = (
    '<failure message="httpx.ReadTimeout: timed out">tests/test_orders.py:41: in test_order\n'
    '    reply = client.get("/orders")\nE   httpx.ReadTimeout: timed out\n</failure>'
)


def compared(folder: Path) -> list[str]:
    """Write the runs once, and name them as a user would."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number, workers in enumerate(WORKERS):
        path = folder / f"run{number:02}-n{workers}.xml"
        if not path.exists():
            path.write_text("".join(_report(number, workers)), "utf-8")
        names.append(f"{path}@{workers}")
    return names


def _report(number: int, workers: int) -> Iterator[str]:
    draw = random.Random(number)
    stamp = f"2026-03-{number + 1:02}T12:00:00+00:00"
    yield f'<testsuites><testsuite name="pytest" timestamp="{stamp}" tests="{TESTS}">'
    for test in range(TESTS):
        where = f"tests.area_{test % 37}.test_module_{test % 911}.TestThing{test % 7}"
        name = f"test_case_{test}[{test % 13}-utf-8]"
        fails = workers > 1 and test % FRAGILE == 0 and draw.random() < workers / 10
        seconds = 5.0 if fails else draw.random() / 5
        start = f'<testcase classname="{where}" name="{name}" time="{seconds:.3f}"'
        yield f"{start}>{FAILED}</testcase>" if fails else f"{start} />"
    yield "</testsuite></testsuites>"


if __name__ == "__main__":
    compared(Path(sys.argv[1]))
