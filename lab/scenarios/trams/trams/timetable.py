"""Timetables, and what they cost."""

import asyncio
import subprocess
import sys
import time

ROUNDS = 1_500_000


def plan(stops, rounds=ROUNDS):
    """Try many orders of stops, and keep the best."""
    best = 0
    for number in range(rounds):
        best = max(best, (number * stops) % 97)
    return best


def seconds_to_plan(stops):
    began = time.perf_counter()
    plan(stops)
    return time.perf_counter() - began


def printed(stops, patience=2.5):
    """Have a program of its own print it."""
    words = f"from trams.timetable import plan; print(plan({stops}))"
    done = subprocess.run(
        [sys.executable, "-c", words], timeout=patience, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


async def planned(stops, patience=2.0):
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(patience):
        return await loop.run_in_executor(None, plan, stops)
