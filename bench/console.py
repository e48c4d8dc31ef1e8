"""Writes the console log of a verbose pytest-xdist run: decoys on many lines, hits on few."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.junit import AREAS, DOES, THINGS
from bench.patterns import HITS

DECOYS = (
    "errors=0 failed=0",
    "timeout=30",
    "retrying after error (attempt 1/5)",
    "status=200 error=None",
    "connection closed",
    "killed=0 aborted=0",
    "exit code 0",
    "no such file yet, waiting",
)
NAMES = ("connection_refused_is_retried", "killed_worker_restarts", "raises_timeout_error")


def log(size: int, seed: int = 1) -> Iterator[str]:
    """Yield the lines of a log of about `size` bytes; its first line and one in 200 are hits."""
    draw = random.Random(seed)
    number = done = 0
    while done < size:
        chance = draw.random()
        number += 1
        if chance < 0.005 or number == 1:
            line = draw.choice(HITS)
        elif chance < 0.56:
            line = _reported(draw, done * 100 // size)
        elif chance < 0.96:
            line = _logged(draw, number)
        else:
            line = f'  File "/srv/app/{draw.choice(THINGS)}.py", line {draw.randrange(999)}, in run'
        done += len(line) + 1
        yield line + "\n"


def _reported(draw: random.Random, percent: int) -> str:
    name = (
        draw.choice(NAMES) if draw.random() < 0.04 else f"{draw.choice(THINGS)}_{draw.choice(DOES)}"
    )
    path = f"tests/{draw.choice(AREAS)}/test_{draw.choice(THINGS)}_{draw.randrange(500)}.py"
    test = f"{path}::test_{name}[{draw.randrange(999)}]"
    return f"[gw{draw.randrange(8)}] [{percent:3d}%] PASSED {test} "


def _logged(draw: random.Random, number: int) -> str:
    stamp = f"2026-03-01 {number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d},000"
    said = f"{draw.choice(THINGS)} {draw.choice(DOES)} id={draw.getrandbits(48):012x}"
    decoy = f" {draw.choice(DECOYS)}" if draw.random() < 0.08 else ""
    return f"{stamp} INFO  app.{draw.choice(AREAS)}:{draw.randrange(999)} {said} in 12 ms{decoy}"
