"""A report of 100,000 tests, 5,000 of which failed: soon written, there, and looked through."""

from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis, TestCase
from diagnose.model import Failure, Run, Source, TestResult
from diagnose.table import TestTable
from tests.browser import CHROMIUM, Page
from tests.pace import pace
from tests.sample import BOTH, sample

TESTS, EVERY, INCIDENTS = 100_000, 20, 40
COUNT = "document.getElementById('count').textContent"


def _name(number: int) -> tuple[str, str, str]:
    module = f"tests/area_{number % 40}/test_module_{number % 400}.py"
    return module, f"{module[:-3].replace('/', '.')}.TestThings", f"test_answer[{number}-case]"


def _failed(number: int) -> TestResult:
    file, classname, name = _name(number)
    said = f"AssertionError: status 503 of /api/v1/things/{number}: no healthy upstream" * 2
    frames = "\n".join(f"{file}:{line}: in helper_{line}\n    call({line})" for line in range(20))
    failure = Failure("failed", said, Source("n8.xml", number), f"{frames}\nE   {said}", "call")
    return TestResult(
        classname, name, "failed", Source("n8.xml", number), f"{file}::TestThings::{name}", file, 9,
        1.5 + number % 7, 1000.0 + number / 50, f"gw{number % 8}", (failure,),
    )  # fmt: skip


def _table(numbers: range, without: range) -> TestTable:
    table, left = TestTable(), set(without)
    rows = [
        (*_name(number)[1:], "passed", 0.01 + number % 100 / 50, f"gw{number % 8}", 1000.0 + number)
        for number in numbers
        if number not in left
    ]
    table.extend(rows)
    return table


@pytest.fixture(scope="module")
def large() -> Diagnosis:
    bad = range(0, TESTS, EVERY)
    results = tuple(map(_failed, bad))
    cases = [TestCase(r.id, r.classname, r.name, r.file, outcomes=BOTH) for r in results]
    runs = (
        Run("serial", table=_table(range(TESTS), range(0))),
        Run("parallel", results=results, table=_table(range(TESTS), bad), workers=8),
    )
    incidents = tuple(
        replace(sample().incidents[0], id=f"starved-{n}", tests=tuple(cases[n::INCIDENTS]))
        for n in range(INCIDENTS)
    )
    return Diagnosis(runs, incidents, advice=sample().advice)


class Report(NamedTuple):
    """The page, and the seconds of work that it took to write it."""

    path: Path
    seconds: float


@pytest.fixture(scope="module")
def report(large: Diagnosis, tmp_path_factory: pytest.TempPathFactory) -> Report:
    began = process_time()
    text = diagnose.render(large, "html")
    took = process_time() - began
    path = tmp_path_factory.mktemp("large") / "report.html"
    path.write_text(text, "utf-8")
    return Report(path, took)


def test_it_is_written_within_three_seconds_and_twelve_megabytes(report: Report) -> None:
    assert report.seconds < 3 * pace()
    assert report.path.stat().st_size < 12_000_000
    assert report.path.read_text("utf-8").count("<tr data-verdict") == TESTS // EVERY


@pytest.mark.skipif(not CHROMIUM, reason="needs chromium, the browser, on the path")
def test_it_is_there_and_looked_through_within_a_second_and_a_half(
    page: Page, report: Report
) -> None:
    page.send("Performance.enable", timeDomain="threadTicks")
    page.open(report.path.as_uri())
    page.value("document.querySelector('#filter [name=q]').focus()")
    page.press("things/123")
    page.until(f"{COUNT}.startsWith('5 of')")
    spent = {each["name"]: each["value"] for each in page.send("Performance.getMetrics")["metrics"]}
    assert 0 < spent["TaskDuration"] < 1.5 * pace()
    assert page.complaints() == []
