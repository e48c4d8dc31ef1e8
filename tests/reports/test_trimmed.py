"""What no page shows need not be searched for secrets, and the page is the same."""

from dataclasses import replace

import pytest

from diagnose import api
from diagnose.diagnosis import Diagnosis
from diagnose.reports import REPORTS
from diagnose.reports._trimmed import trimmed
from tests.sample import sample


@pytest.fixture
def told() -> Diagnosis:
    return replace(sample(), redactions=0)


@pytest.mark.parametrize("format_", sorted(api.SHOWING_EXAMPLES))
def test_a_report_is_the_same_without_what_it_does_not_show(told: Diagnosis, format_: str) -> None:
    assert REPORTS[format_].render(trimmed(told, format_)) == REPORTS[format_].render(told)


def test_texts_beyond_the_examples_are_dropped_and_counts_stay(told: Diagnosis) -> None:
    short = trimmed(replace(told, incidents=()), "html")
    assert not any(f.text for run in short.runs for each in run.results for f in each.failures)
    assert [run.counts for run in short.runs] == [run.counts for run in told.runs]
    assert [len(run.table) for run in short.runs] == [len(run.table) for run in told.runs]
