"""Shortages that failures have no word for: the clock shows them, or the log of the service."""

from dataclasses import replace

import pytest

from diagnose.clues import Facts, Hit, Pattern
from diagnose.family import Family
from diagnose.model import Event, Input, Run, TestResult
from diagnose.table import Row
from tests.evidence.families import XML, failed, family, kinds, run


def waiting(label: str, workers: int, seconds: float, *late: float) -> Run:
    """Make a run of a function whose tests pass after so many seconds, but for those too late."""
    names = [f"test_row[{n}]" for n in range(12)]
    rows = [Row("tests.test_a", name, "passed", seconds) for name in names[len(late) :]]
    results = [
        replace(failed(0, seconds=each), name=name) for name, each in zip(names, late, strict=False)
    ]
    return run(label, workers, *results, passing=rows)


CALM, BUSY = waiting("serial", 1, 0.5), waiting("n4", 4, 1.6)
TOO_LATE = waiting("n8", 8, 1.9, 2.2, 2.3, 2.3)
SLOW = [Row("tests.test_a", f"test_all[{n}]", "passed", 2.0) for n in range(3)]
ONE_SLOW = waiting("serial", 1, 0.5)
ONE_SLOW.table.extend(SLOW)


def test_who_fails_after_a_longer_wait_than_anybody_who_passes_was_late() -> None:
    found = kinds(family(CALM, BUSY, TOO_LATE))["late"]
    passing = "such tests pass in 0.5 s serially, and take 3.2 times as long beside others"
    assert found.text == f"3 failed in n8 after 2.3 s; {passing}"


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param((BUSY, TOO_LATE), id="nobody knows how long it takes alone"),
        pytest.param((CALM, waiting("n8", 8, 0.5, 2.2, 2.3)), id="others were not slower"),
        pytest.param((CALM, BUSY, waiting("n8", 8, 1.9, 0.4, 0.4)), id="it failed at once"),
        pytest.param((CALM, BUSY, waiting("n8", 8, 4.0, 2.2)), id="others waited longer"),
        pytest.param((waiting("serial", 1, 0.5, 2.2), BUSY, TOO_LATE), id="fails alone, too"),
        pytest.param(
            (waiting("serial", 1, 0.1), waiting("n4", 4, 0.3), waiting("n8", 8, 0.4, 2.0, 2.0)),
            id="nobody got it shortly before: what was waited for was lost",
        ),
        pytest.param(
            (ONE_SLOW, replace(ONE_SLOW, label="n4", workers=4), waiting("n8", 8, 0.9, 2.2, 2.2)),
            id="who got it shortly before takes as long alone",
        ),
    ],
)
def test_a_failure_is_not_late(runs: tuple[Run, ...]) -> None:
    assert "late" not in kinds(family(*runs))


@pytest.mark.parametrize(
    ("label", "cause"), [("assertion", "starved_response"), ("lock_contention", "")]
)
def test_who_was_late_and_does_not_say_of_what_was_starved(label: str, cause: str) -> None:
    assert kinds(family(CALM, BUSY, TOO_LATE, cause=label))["late"].cause == cause


@pytest.mark.parametrize(
    ("answer", "weight"),
    [("500 Server Error: Internal Server Error", 0.5), ("Server error '504 Gateway Time-out'", 1)],
)
def test_a_server_that_gave_up_by_itself_may_be_stuck_and_not_busy(
    answer: str, weight: float
) -> None:
    words = Pattern("http_5xx.any", "http_5xx", "service_fault", "5", "strong", (), frozenset())
    hit = Hit(words, "raised", f"HTTPError: {answer} for url: http://shop/orders", XML)
    found = family(CALM, BUSY, TOO_LATE, cause="http_5xx")
    told = tuple(replace(each, hits=(hit,)) for each in found.told)
    assert kinds(replace(found, told=told))["late"].weight == weight


def refusing(
    label: str, workers: int, times: int, *results: TestResult, status: str = "429"
) -> Run:
    """Make a run whose service refused so many requests."""
    line = f'"POST /churns/oak HTTP/1.1" {status} -'
    told = {"status": status}
    events = [Event("service.rejected", line, XML, details=told) for _ in range(times)]
    log = Input("app.log", "service_log", 1)
    return replace(run(label, workers, *results), events=tuple(events), inputs=(log,))


OWN = Facts(exception="dairy.NoButter", raised_by="product")
WRONG = Facts(exception="AssertionError", assertion=True, raised_by="test")


def kept_silent(*runs: Run, cause: str = "app_exception", facts: Facts = OWN) -> Family:
    """Make a family whose failures say no more than these facts; in other runs it passes."""
    found = family(*runs, cause=cause)
    ends = {
        key: {n: known.get(n, "passed") for n in range(len(runs))}
        for key, known in found.outcomes.items()
    }
    return replace(found, told=tuple(replace(t, facts=facts) for t in found.told), outcomes=ends)


BOTH = (failed(1), failed(2))
REFUSED = refusing("n8", 8, 6, *BOTH)


def test_requests_that_were_refused_tell_what_a_failure_does_not() -> None:
    found = kinds(kept_silent(refusing("serial", 1, 0), REFUSED))["rejected"]
    assert found.text == "the service refused 6 requests in n8 (429)"
    assert found.quote == '"POST /churns/oak HTTP/1.1" 429 -'
    assert (found.cause, found.weight) == ("rate_limit", 1.0)
    empty = replace(WRONG, nothing="empty")
    assert "rejected" in kinds(kept_silent(REFUSED, cause="assertion", facts=empty))
    late = kinds(kept_silent(refusing("n8", 8, 6, *BOTH, status="408")))["rejected"]
    assert late.cause == "starved_response"
    assert late.weight < 1


@pytest.mark.parametrize(
    "of",
    [
        pytest.param(kept_silent(refusing("s", 1, 1), REFUSED), id="refused where all passes, too"),
        pytest.param(kept_silent(run("s", 1), REFUSED), id="no log says whether it is always so"),
        pytest.param(kept_silent(refusing("n8", 8, 1, *BOTH)), id="fewer than failures"),
        pytest.param(kept_silent(REFUSED, cause="network_dns"), id="words of their own"),
        pytest.param(kept_silent(REFUSED, cause="assertion", facts=WRONG), id="a wrong value"),
        pytest.param(kept_silent(refusing("n8", 8, 6, *BOTH, status="403")), id="not for a number"),
        pytest.param(family(REFUSED), id="no words at all"),
    ],
)
def test_a_refusal_does_not_explain(of: Family) -> None:
    assert "rejected" not in kinds(of)
