"""Runs and families of failures, made by hand for those who look at them."""

from diagnose.evidence import gather
from diagnose.family import Evidence, Family, Told
from diagnose.model import Failure, Phase, Run, Source, TestResult
from diagnose.table import Row, TestTable

XML = Source("r.xml", 1)


def failed(
    number: int, phase: Phase = "call", seconds: float = 0.5, start: float | None = None
) -> TestResult:
    """Make a failed test of one class."""
    return TestResult(
        "tests.test_a",
        f"test_{number}",
        "failed",
        XML,
        seconds=seconds,
        start=start,
        worker=f"gw{number % 4}" if start is not None else "",
        failures=(Failure("failed", "boom", XML, phase=phase),),
    )


def run(label: str, workers: int, *results: TestResult, passing: list[Row] | None = None) -> Run:
    """Make a run of these failures, and of tests of another class that pass."""
    table = TestTable()
    rows = [Row("tests.test_b", f"test_{n}", "passed", 0.2) for n in range(40)]
    table.extend(rows if passing is None else passing)
    return Run(label, results=results, table=table, workers=workers)


def family(*runs: Run, cause: str = "unknown") -> Family:
    """Make a family of all failures of some runs."""
    told = tuple(Told(n, result) for n, each in enumerate(runs) for result in each.results)
    outcomes: dict[str, dict[int, str]] = {each.result.key: {} for each in told}
    for each in told:
        outcomes[each.result.key][each.run] = each.result.outcome
    return Family(runs, told, outcomes, cause)


def kinds(of: Family) -> dict[str, Evidence]:
    """Gather all evidence, by its kind."""
    return {each.kind: each for each in gather(of)}
