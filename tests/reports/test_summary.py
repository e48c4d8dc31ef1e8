"""What is said first, and the summary of a step: GitHub drops one that is a byte too long."""

from dataclasses import replace

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis
from diagnose.judge.posterior import Wording
from diagnose.reports._summary import headline
from diagnose.reports.markdown import STEP_SUMMARY
from tests.sample import sample


def crowded(incidents: int) -> Diagnosis:
    """Return a diagnosis that is too much for a summary, in letters of three bytes."""
    one = sample().incidents[0]
    many = tuple(replace(one, id=f"x-{n}", headline="語" * 200) for n in range(incidents))
    return replace(sample(), incidents=many)


def test_a_usual_report_is_whole() -> None:
    assert diagnose.render(sample(), "summary") == diagnose.render(sample(), "markdown")


def test_a_huge_one_fits_and_keeps_its_verdict() -> None:
    whole = diagnose.render(crowded(900), "markdown")
    text = diagnose.render(crowded(900), "summary")
    assert len(whole.encode()) > STEP_SUMMARY >= len(text.encode())
    assert text.splitlines()[:3] == whole.splitlines()[:3]
    assert "more causes, " in text


@pytest.mark.parametrize(
    ("cause", "wording", "said"),
    [
        ("tls_certificate", "undetermined", "1 failed test, 1 cause: perhaps a certificate is bad"),
        ("tls_certificate", "likely", "1 failed test, 1 cause: a certificate is bad"),
        ("assertion", "undetermined", "1 failed test, 1 cause: a certificate is bad"),
    ],
)
def test_a_cause_that_is_a_guess_is_called_one(cause: str, wording: Wording, said: str) -> None:
    (one, *_) = sample().incidents
    guessed = replace(
        one, cause=cause, wording=wording, headline="1 test failed: a certificate is bad"
    )
    found = replace(sample(), incidents=(replace(guessed, tests=one.tests[:1]),))
    assert headline(replace(found, runs=())) == said
