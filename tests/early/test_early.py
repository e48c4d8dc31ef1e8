"""Early warnings: what tests that passed give away, and the silence where there is nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

import diagnose
from diagnose import api
from diagnose.early import MOST, warnings
from diagnose.early.growth import look as growth
from diagnose.model import Event, Source
from tests.conftest import Golden, cases
from tests.sample import sample

SILENT = {"none", "only_the_name_says_it", "a_warm_up_ends", "it_comes_down_again"}


@pytest.mark.parametrize(("member", "case"), cases("early"))
def test_a_run_warns_as_it_should(
    member: str, case: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case)
    told = diagnose.examine(["run=" + ",".join(sorted(path.name for path in case.glob("input*")))])
    assert not told.incidents
    assert {warning.kind for warning in told.warnings} <= {member.rstrip("s"), "rate_limit"}
    said = [
        f"{each.text}\n  {each.source.path}:{each.source.line} {each.quote}\n"
        for each in told.warnings
        if each.source
    ]
    assert bool(said) is (case.name not in {*SILENT, "only_deprecations"})
    golden(case / "expected.txt", "".join(said))


@pytest.mark.parametrize(("member", "case"), cases("early"))
def test_every_warning_stands_where_it_says(
    member: str, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case)
    told = diagnose.examine(["run=" + ",".join(sorted(path.name for path in case.glob("input*")))])
    assert all(each.source and each.source.line for each in told.warnings), member
    report = tmp_path / "report.json"
    report.write_text(diagnose.render(told, "json"), "utf-8")
    checked, wrong = api.verify(report)
    assert (checked, wrong) == (len(told.warnings), [])


def test_a_limit_that_has_an_incident_is_no_early_warning() -> None:
    case = Path(__file__).parent / "limits" / "a_passing_test_was_refused"
    told = diagnose.examine([case / "input.xml"])
    assert told.warnings
    first = sample().incidents[0]
    known = replace(told, incidents=(replace(first, cause="rate_limit"),))
    assert warnings(known) == ()


def gauge(*values: float) -> Event:
    details = {
        "gauge": "connections",
        "count": str(len(values)),
        "values": " ".join(map(str, values)),
    }
    return Event("service.gauge", "connections: 9", Source("service.log", 7), details=details)


def test_there_are_ten_lines_at_most() -> None:
    run = replace(sample().runs[0], events=tuple(gauge(*range(1, 20)) for _ in range(30)))
    assert len(warnings(replace(sample(), runs=(run,)))) == MOST


@pytest.mark.parametrize("values", [(1, 2, 3), (5,) * 20, (9, *range(1, 9)), (1, 9) * 10])
def test_no_growth_is_seen_where_none_is(values: tuple[int, ...]) -> None:
    run = replace(sample().runs[0], events=(gauge(*values),))
    assert not list(growth(replace(sample(), runs=(run,))))


def test_a_warning_is_no_verdict() -> None:
    case = Path(__file__).parent / "leaks" / "a_socket_and_a_task"
    told = diagnose.examine([case / "input.log"])
    assert told.warnings
    assert api.verdicts(told) == set()
    assert diagnose.render(told).startswith("All green: 3 tests, no failure")
    assert "EARLY WARNINGS" in diagnose.render(told)


def test_silence_is_silent_in_every_format() -> None:
    case = Path(__file__).parent / "slow" / "none"
    told = diagnose.examine([case / "input.xml"])
    for form in ("terminal", "markdown", "html"):
        assert "early warnings" not in diagnose.render(told, form).lower()
    assert '"warnings": []' in diagnose.render(told, "json")


def test_a_saved_report_keeps_its_warnings(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(diagnose.render(sample(), "json"), "utf-8")
    assert api.saved(report).warnings == sample().warnings
    older = report.read_text("utf-8").replace('"warnings": [', '"elsewhere": [', 1)
    report.write_text(older, "utf-8")
    assert api.saved(report).warnings == ()
