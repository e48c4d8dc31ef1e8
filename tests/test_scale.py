"""Many failures: judged in seconds, in time that grows no faster than they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import process_time

from diagnose import api
from diagnose.diagnosis import Diagnosis
from diagnose.model import Failure, Run, Source, TestResult
from diagnose.table import Row, TestTable
from tests.pace import pace

RUNS, TESTS, EACH = 12, 5_000, 170  # failures of each run: 2,040 in all
SAID = (
    "httpx.ReadTimeout: timed out",
    "AssertionError: assert 3 == {n}",
    "KeyError: 'user_{n}'",
    "OSError: [Errno 24] Too many open files: '/srv/shop/{n}'",
    "httpx.ConnectError: [Errno 111] Connection refused",
)


def failed(number: int, said: str, label: str) -> TestResult:
    said = said.format(n=number)
    text = f"tests/test_{number % 40}.py:{number % 90 + 1}: in test\n    call()\nE   {said}"
    source = Source(f"{label}.xml", number + 1)
    return TestResult(
        f"tests.test_{number % 40}",
        f"test_{number}",
        "failed",
        source,
        seconds=0.4,
        start=1_000_000.0 + number,
        failures=(Failure("failed", said, source, text, phase="call"),),
    )


def run(label: str, workers: int, bad: dict[int, str], tests: int) -> Run:
    table = TestTable()
    quiet = (n for n in range(tests) if n not in bad)
    table.extend([Row(f"tests.test_{n % 40}", f"test_{n}", "passed", 0.2) for n in quiet])
    results = tuple(failed(number, said, label) for number, said in bad.items())
    return Run(label, results=results, table=table, workers=workers, workers_source="stated")


def timed(runs: list[Run]) -> tuple[Diagnosis, float]:
    began = process_time()
    found = api.judge(runs)
    return found, process_time() - began


def many() -> Iterator[Run]:
    for number in range(RUNS):
        chosen = range(number % 3, TESTS, TESTS // EACH)[:EACH]
        bad = {n: SAID[(n + number) % len(SAID)] for n in chosen}
        yield run(f"r{number}", 1 if number < 4 else 8, bad, TESTS)


def test_two_thousand_failures_in_twelve_runs_are_judged_in_two_seconds() -> None:
    found, seconds = timed(list(many()))
    told = sum(
        end == "failed"
        for each in found.incidents
        for t in each.tests
        for end in t.outcomes.values()
    )
    assert told == RUNS * EACH >= 2_000
    assert seconds < 2 * pace()


def dead(failures: int) -> list[Run]:
    refused = dict.fromkeys(range(failures), SAID[-1])
    return [run("serial", 1, {}, failures), run("n8", 8, refused, failures)]


def test_the_time_for_a_dead_server_grows_with_its_victims_and_no_faster() -> None:
    timed(dead(100))  # reads the pages and tables
    few, several = timed(dead(2_000))[1], timed(dead(16_000))
    assert len(several[0].incidents) == 1
    assert len(several[0].incidents[0].tests) == 16_000
    assert several[1] < 8 * 3 * max(few, 0.02)


def unlike(failures: int) -> list[Run]:
    """Make failures that were raised in a file each, and name nothing: each is an incident."""
    results = tuple(
        replace(failed(n, "KeyError: ''", "n8"), failures=(_raised(n),)) for n in range(failures)
    )
    return [run("serial", 1, {}, failures), Run("n8", results=results, workers=8)]


def _raised(number: int) -> Failure:
    text = f"def test_price():\n>   load()\nE   KeyError: ''\n\nshop/p{number}.py:3: KeyError"
    source = Source("n8.xml", number + 1)
    return Failure("failed", "KeyError: ''", source, text, phase="call")


def test_the_time_for_unlike_failures_grows_with_their_number_and_no_faster() -> None:
    timed(unlike(20))
    few, several = timed(unlike(400))[1], timed(unlike(1_600))
    assert len(several[0].incidents) > 1_000
    assert several[1] < 4 * 3 * max(few, 0.02)
