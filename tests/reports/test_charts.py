"""The charts: drawn where there are numbers, and saying in words what they show."""

from dataclasses import replace

import pytest

from diagnose.diagnosis import Diagnosis
from diagnose.model import Event, Run, Source, TestResult
from diagnose.oom import KernelKill, Moment
from diagnose.reports._charts import charts, wilson
from diagnose.reports._timeline import timeline
from diagnose.table import TestTable
from tests.reports.hostile import everywhere
from tests.sample import sample


def test_the_interval_is_wilsons() -> None:
    # statsmodels: proportion_confint(28, 184, alpha=0.1, method="wilson")
    assert wilson(28, 184) == pytest.approx((0.1138, 0.2004), abs=5e-4)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


def test_a_chart_is_drawn_only_where_there_are_numbers() -> None:
    assert charts(Diagnosis()) == []
    drawn = [drawing.id for drawing in charts(everywhere("words"))]
    assert drawn == [
        "chart-workers", "chart-causes", "chart-durations", "chart-timeline",
    ]  # fmt: skip


def test_each_chart_says_in_words_what_it_shows() -> None:
    said = {drawing.id: drawing.said for drawing in charts(sample())}
    assert said["chart-workers"] == "1 worker: 0 of 184 failed; 8 workers: 1 of 158 failed"


def test_a_test_that_died_with_its_worker_lasts_until_then_and_the_death_is_marked() -> None:
    place = Source("a.log", 1)
    table = TestTable()
    table.extend(("t.T", f"a{n}", "passed", 1.0, "gw0", 100.0 + n) for n in range(10))
    dead = TestResult("t.T", "dead", "failed", place, seconds=0.0, start=102.0, worker="gw1")
    events = (Event("worker_down", "gw1 is gone", place, 106.0, worker="gw1"),)
    run = Run("n2", results=(dead,), table=table, events=events, workers=2)
    drawn = timeline((run,), ())
    assert drawn
    assert drawn.said == "n2: 2 workers, 10.0 s, 1 failed, 1 worker died"
    assert [style for style, _ in drawn.paths] == ["ran", "ran bad", "crash"]
    box = dict(drawn.paths)["ran bad"]
    scale = (560 - 44 - 12) / 10.2
    assert box.startswith(f"M{44 + 2 * scale:.1f} 34h{4 * scale:.1f}v15")
    kill = KernelKill(9, "python", place, "", when=Moment(None, 106.0), worker="gw1", run="n2")
    marked = timeline((run,), (kill,))
    assert marked
    assert [style for style, _ in marked.paths] == ["ran", "ran bad", "kill"]
    assert marked.key[-1] == ("kill", "the kernel killed the worker")


def test_a_death_that_a_clock_puts_outside_the_run_is_marked_where_the_worker_ended() -> None:
    place = Source("a.log", 1)
    table = TestTable()
    table.extend(("t.T", f"a{n}", "passed", 1.0, f"gw{n % 2}", 100.0 + n) for n in range(10))
    kill = KernelKill(9, "python", place, "", when=Moment(None, 9.0), worker="gw0", run="n2")
    drawn = timeline((Run("n2", table=table, workers=2),), (kill,))
    assert drawn
    assert dict(drawn.paths)["kill"] == f"M{44 + 9 * (560 - 44 - 12) / 10.2:.1f} 12v19"


def test_a_test_that_was_not_timed_is_no_dot_among_durations() -> None:
    tables = (TestTable(), TestTable())
    for table in tables:
        table.extend(("t.T", f"a{n}", "passed", 1.0, "", 0.0) for n in range(12))
    tables[0].extend([("t.T", "dead", "passed", 1.0, "", 0.0)])
    dead = TestResult("t.T", "dead", "failed", Source("a", 1), seconds=0.0)
    runs = (Run("serial", table=tables[0]), Run("n8", (), (dead,), tables[1], workers=8))
    (drawn,) = (each for each in charts(Diagnosis(runs)) if each.id == "chart-durations")
    assert drawn.said.startswith("0 of 12 tests")
    assert "dot bad" not in dict(drawn.paths)


def test_causes_are_named_by_their_errors_only_where_nothing_else_tells_them_apart() -> None:
    first, second = sample().incidents[:2]
    told = replace(first, headline="2 tests failed: no answer (TimeoutError)")
    other = replace(second, headline="1 test failed: no room (OSError)")
    for headlines, shown in (
        ((told, other), ["starved_response · no answer", "assertion · no room"]),
        (
            (told, replace(other, headline="1 test failed: no answer (OSError)")),
            ["starved_response · no answer (TimeoutError)", "assertion · no answer (OSError)"],
        ),
    ):
        (drawn,) = charts(Diagnosis(incidents=headlines))
        assert [bar.text for bar in drawn.bars] == shown
        assert [bar.width for bar in drawn.bars] == [100.0, 3.6]
        assert drawn.said == "29 failed tests, 2 causes; the largest took 28"
