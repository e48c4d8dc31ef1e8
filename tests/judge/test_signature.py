"""How much the words of one failed test weigh."""

from __future__ import annotations

import math

import pytest

from diagnose.causes import catalogue, patterns
from diagnose.clues import Facts, Hit, Pattern, Place
from diagnose.judge.signature import contributions, decide, likelihoods, rank, tables
from diagnose.model import Source

PAGES = catalogue()
BY_ID = {pattern.id: pattern for pattern in patterns()}
VERDICTS = sorted({page.verdict for page in PAGES.values()})


def hit(name: str, place: Place = "raised", *, line: int = 1, explains: bool = False) -> Hit:
    return Hit(BY_ID[name], place, "…", Source("report.xml", line), explains=explains)


def test_nothing_said_is_nothing_known() -> None:
    verdict = decide(rank([], Facts(), PAGES))
    assert (verdict.verdict, verdict.cause) == ("inconclusive", "unknown")


def test_beliefs_add_up_to_one() -> None:
    ranked = rank([hit("memory.python"), hit("http_5xx.reason")], Facts(), PAGES)
    assert math.isclose(sum(row.belief for row in ranked), 1)


def test_decibans_are_the_odds_of_the_belief() -> None:
    for row in rank([hit("memory.python")], Facts(), PAGES):
        assert row.decibans == pytest.approx(
            10 * math.log10(row.belief / (1 - row.belief)), abs=0.01
        )


def test_a_decisive_word_in_the_exception_decides() -> None:
    verdict = decide(rank([hit("memory.python")], Facts(), PAGES))
    assert (verdict.verdict, verdict.cause) == ("resource_exhaustion", "memory")
    assert verdict.belief >= 0.9


def test_the_same_word_in_a_log_does_not() -> None:
    form = Facts(exception="AssertionError", assertion=True, line="assert 1 == 2")
    verdict = decide(rank([hit("memory.python", "captured")], form, PAGES))
    assert verdict.cause == "assertion"


def test_what_differs_says_more_than_that_something_does() -> None:
    stored = [
        hit("stale_expectation.jest", "console"),
        hit("stale_expectation.snapshot_failed", "console", line=2),
    ]
    assert decide(rank(stored, Facts(), PAGES)).cause == "stale_expectation"
    told = [*stored, hit("clock_timezone.day_apart", "assertion", line=3)]
    assert decide(rank(told, Facts(), PAGES)).cause == "clock_timezone"


def test_what_is_outdone_is_a_pattern_that_there_is() -> None:
    table = tables()["outdone"]
    assert {*table["by"], *table["patterns"]} <= BY_ID.keys()


def test_a_log_that_explains_a_server_error_is_believed() -> None:
    form = Facts(exception="AssertionError", assertion=True, actual_status=500, line="assert 500")
    explained = hit("db_connections.queuepool", "captured", explains=True)
    assert decide(rank([explained], form, PAGES)).cause == "db_connections"


@pytest.mark.parametrize("place", ["captured", "console", "service"])
def test_a_server_error_that_a_log_explains_is_about_what_the_log_says(place: Place) -> None:
    form = Facts(exception="HTTPError", line="500 Server Error: Internal Server Error for url: /")
    answered = hit("http_5xx.requests", line=5)
    explained = hit("db_connections.queuepool", place, line=7, explains=place == "captured")
    assert decide(rank([answered], form, PAGES)).cause == "http_5xx"
    assert decide(rank([answered, explained], form, PAGES)).cause == "db_connections"


def test_a_fault_of_the_service_in_its_log_does_not_make_its_answer_less_of_one() -> None:
    form = Facts(exception="HTTPError", line="500 Server Error: Internal Server Error for url: /")
    found = [hit("http_5xx.requests", line=5), hit("app_exception.dict_changed", "console", line=7)]
    assert decide(rank(found, form, PAGES)).cause == "http_5xx"


def test_a_plain_assertion_never_convinces() -> None:
    form = Facts(exception="AssertionError", assertion=True, raised_by="test", line="assert 1 == 2")
    verdict = decide(rank([hit("assertion.pytest", "assertion")], form, PAGES))
    assert verdict.cause == "assertion"
    assert verdict.belief < 0.7


@pytest.mark.parametrize("name", ["starved_response.requests", "cpu_starvation.vitest"])
def test_waiting_alone_never_excuses_a_service(name: str) -> None:
    hits = [hit(name, line=line) for line in range(9)]
    ranked = rank(hits, Facts(), PAGES)
    assert decide(ranked).belief < 0.7
    assert "timeout_regression" in [row.cause for row in ranked[:3]]


def test_many_hits_on_one_line_count_once() -> None:
    same = [hit("disk_space.enospc"), hit("disk_space.words")]
    once = rank(same[:1], Facts(), PAGES)
    assert rank(same, Facts(), PAGES) == once


def test_a_dead_worker_without_a_witness_is_not_called_out_of_memory() -> None:
    verdict = decide(rank([hit("worker_killed.xdist")], Facts(phase="crash"), PAGES))
    assert verdict.cause == "worker_killed"
    assert verdict.belief < 0.7


@pytest.mark.parametrize(
    ("form", "cause"),
    [
        (Facts(exception="NameError", raised_by="test", line="x"), "bad_test_code"),
        (Facts(exception="KeyError", raised_by="product", line="x", phase="call"), "app_exception"),
        (Facts(exception="KeyError", raised_by="fixture", line="x"), "fixture_error"),
        (Facts(exception="TypeError", raised_by="library", line="x"), "version_mismatch"),
        (Facts(assertion=True, actual_status=503, line="x"), "http_5xx"),
        (Facts(assertion=True, actual_status=429, line="x"), "rate_limit"),
        (
            Facts(actual_status=401, expected_status=403, line="assert 401 == 403"),
            "stale_expectation",
        ),
        (
            Facts(actual_status=405, expected_status=200, line="assert 405 == 200"),
            "stale_expectation",
        ),
        (
            Facts(
                exception="RuntimeError",
                raised_by="library",
                ours="fixture",
                line="RuntimeError: dictionary changed size during iteration",
            ),
            "shared_state",
        ),
        (
            Facts(
                exception="AttributeError",
                raised_by="library",
                line="AttributeError: 'NoneType' object has no attribute 'name'",
            ),
            "app_exception",
        ),
        (
            Facts(exception="AttributeError", raised_by="library", line="no attribute 'name'"),
            "version_mismatch",
        ),
        (
            Facts(exception="KeyError", raised_by="library", phase="setup", line="KeyError: 'x'"),
            "fixture_error",
        ),
        (
            Facts(exception="TypeError", raised_by="test", ours="test", phase="setup", line="x"),
            "fixture_error",
        ),
        (
            Facts(exception="AssertionError", assertion=True, raised_by="product", line="x"),
            "app_exception",
        ),
    ],
)
def test_the_form_alone_tells_something(form: Facts, cause: str) -> None:
    assert decide(rank([], form, PAGES)).cause == cause


def test_every_contribution_says_why() -> None:
    form = Facts(exception="NameError", raised_by="test", line="x")
    found = contributions([hit("bad_test_code.name")], form, PAGES)
    assert {one.because for one in found} >= {"bad_test_code.name", "code-error-in-test"}


def test_a_likelihood_speaks_for_the_verdict_of_its_pattern_alone() -> None:
    row = likelihoods(hit("memory.python"), VERDICTS)
    assert row.pop("resource_exhaustion") > math.log(20)
    assert set(row.values()) == {0.0}


def test_the_tables_name_only_causes_that_have_a_page() -> None:
    named = {rule["cause"] for rule in tables()["rule"]}
    for cause, rivals in tables()["rivals"].items():
        named |= {cause, *rivals}
    assert named <= set(PAGES)


def test_a_pattern_with_a_verdict_of_its_own_keeps_it() -> None:
    docker: Pattern = BY_ID["service_down.docker"]
    assert PAGES["service_down"].verdict != docker.verdict
    assert decide(rank([hit(docker.id)], Facts(), PAGES)).verdict == docker.verdict
