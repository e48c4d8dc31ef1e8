"""The page says what was measured, what is promised of it, who is missing, and how it grows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import contenders as of
from bench.page import page
from bench.plot import LINE, TALL, plot
from bench.rounds import Cost
from bench.tables import Table, kept
from tests.conftest import Golden

HERE = Path(__file__).parent
REPORTS, CONSOLES, KERNELS = of.KINDS
COMPARED = of.Kind("12 runs", "runs", of.RUNS_COMPARED, lambda *_: {})
ABSENT = {of.PUBLISHED: f"--checkout {of.PUBLISH}=DIR is not given"}
SVG = "{http://www.w3.org/2000/svg}"


def cost(seconds: float, memory: float, *, finished: bool = True) -> Cost:
    return Cost(seconds, seconds, memory, written=0.4, finished=finished)


def measured() -> list[Table]:
    allure = {of.ALLURE: cost(420, 6000, finished=False)}
    peers = {of.JUNITPARSER: cost(2, 480), of.CTRF: cost(12, 2200)} | allure
    small = {of.TO_HTML: cost(0.6, 60), of.TO_JSON: cost(0.5, 60), of.ALLURE: cost(9, 350)}
    scans = {of.SCANNED: cost(0.3, 36), of.SCANNED_BY_TWO: cost(0.2, 40), of.RIPGREP: cost(0.2, 36)}
    return [
        Table(REPORTS, 10, small, ABSENT, {of.TO_HTML: 0.4, of.ALLURE: float("inf")}),
        Table(REPORTS, 100, {of.TO_HTML: cost(4, 100), of.TO_JSON: cost(3, 90)} | peers, ABSENT),
        Table(REPORTS, 1000, {of.TO_HTML: cost(40, 500), of.TO_JSON: cost(40, 450)}, {}),
        Table(CONSOLES, 1, {name: cost(0.1, 30) for name in scans}, {}),
        Table(CONSOLES, 100, scans, {"lnav, entries by level": "lnav is not installed"}),
        Table(COMPARED, 0, {of.RUNS_COMPARED: cost(4, 420)}, {}),
    ]


def test_the_page_is_as_it_is_kept(golden: Golden) -> None:
    tables = measured()
    told = {
        "machine": "a machine",
        "versions": "some 1.0",
        "never": "large ones",
        "words": "--sizes 1",
    }
    text = page(tables, kept(tables), "performance", **told)
    golden(HERE / "expected.md", text)


@pytest.mark.parametrize(
    ("promise", "mark", "shown"),
    [
        ("quick as junit-to-ctrf", "missed", "3.00"),
        ("quick as publish", "not measured", ""),
        ("quick as Allure", "kept", "> 105.00"),
        ("memory : that of junitparser", "kept", "0.21"),
        ("JUnit to HTML: CPU of 1 GB", "kept", "10.00"),
        ("JUnit to JSON: CPU of 1 GB", "missed", "13.33"),
        ("speed : ripgrep's", "missed", "0.50"),
        ("12 runs compared", "kept", "4.00"),
    ],
)
def test_a_promise_is_kept_or_missed_or_nobody_knows(promise: str, mark: str, shown: str) -> None:
    (row,) = [row for row in kept(measured()) if promise in row.title]
    assert (row.mark, row.measured) == (mark, shown)


def test_who_was_given_up_too_early_neither_keeps_nor_misses_a_promise() -> None:
    tables = measured()
    early = {**tables[1].costs, of.ALLURE: cost(100, 6000, finished=False)}
    tables[1] = tables[1]._replace(costs=early)
    (row,) = [row for row in kept(tables) if "Allure" in row.title]
    assert (row.mark, row.measured) == ("unknown", "> 25.00")


def test_a_plot_names_every_line_once_a_panel_and_none_on_another() -> None:
    tables = [table for table in measured() if table.kind is REPORTS]
    panels = ElementTree.fromstring(plot(tables)).findall(f"{SVG}g")
    names = {name for table in tables for name in table.costs}
    assert len(panels) == 2
    for panel in panels:
        texts = [text for text in panel.findall(f"{SVG}text") if text.text in names]
        assert sorted(text.text or "" for text in texts) == sorted(names)
        places = sorted(float(text.attrib["y"]) for text in texts)
        gaps = [after - before for before, after in pairwise(places)]
        assert min(gaps) > LINE - 0.2


def test_ten_times_as_much_time_is_a_power_of_ten_on_the_plot() -> None:
    tables = [
        Table(KERNELS, size, {of.READ: cost(size / 100, 10), of.TO_JSON: cost(10, 100)}, {})
        for size in (10, 100, 1000)
    ]
    panel = ElementTree.fromstring(plot(tables)).findall(f"{SVG}g")[0]
    places = [float(dot.attrib["cy"]) for dot in panel.findall(f"{SVG}g/{SVG}circle")][:3]
    assert places == [TALL, TALL / 2, 0]
