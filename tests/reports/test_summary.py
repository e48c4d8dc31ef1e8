"""What is said first, and the summary of a step: GitHub drops one that is a byte too long."""

from dataclasses import replace
from pathlib import Path

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis
from diagnose.reports._summary import headline
from diagnose.reports.markdown import STEP_SUMMARY
from tests.sample import sample

ALONE = """<testsuite name="pytest"><testcase classname="tests.test_cart" name="test_discount">
<failure message="{0}">E   {0}</failure></testcase></testsuite>"""


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
    ("failure", "wording", "said"),
    [
        ("KeyError: 'price'", "undetermined", "1 failed test, 1 cause: perhaps "),
        ("OSError: [Errno 28] No space left on device", "verdict", "1 failed test, 1 cause: the "),
        ("AssertionError: assert 26 == 27", "undetermined", "1 failed test, 1 cause: the result "),
    ],
)
def test_a_cause_that_is_a_guess_is_called_one_once(
    tmp_path: Path, failure: str, wording: str, said: str
) -> None:
    report = tmp_path / "report.xml"
    report.write_text(ALONE.format(failure), "utf-8")
    found = diagnose.examine([report])
    assert found.incidents[0].wording == wording
    first = headline(found)
    assert first.startswith(said)
    assert first.count("perhaps") == said.count("perhaps")
