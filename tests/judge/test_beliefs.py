"""What words say of verdicts: what nobody earned counts for nothing, and a form is no reason."""

from math import exp

import pytest

from diagnose.causes import catalogue
from diagnose.clues import Facts
from diagnose.family import Evidence
from diagnose.judge.beliefs import Words, words_of
from diagnose.judge.signature import Ranked, rank

PAGES = catalogue()
ASSERTED = rank((), Facts(exception="AssertionError", assertion=True, line="assert 1 == 2"), PAGES)


def odds(words: Words, one: str, other: str) -> float:
    return exp(words.item.scores[one] - words.item.scores[other])


def test_a_wrong_result_speaks_little_for_a_shortage() -> None:
    (words,) = words_of([[ASSERTED]])
    assert odds(words, "service_fault", "resource_exhaustion") > 5


def test_tests_that_disturb_each_other_fail_as_a_wrong_result_does() -> None:
    (words,) = words_of([[ASSERTED]])
    assert 1 < odds(words, "service_fault", "test_isolation") < 2


def test_verdicts_do_not_win_by_the_number_of_their_causes() -> None:
    ranked = [Ranked(page.verdict, page.cause, 0.0, 1 / len(PAGES)) for page in PAGES.values()]
    (words,) = words_of([[ranked]])
    assert set(words.item.scores.values()) == {0.0}


def test_families_that_say_the_same_share_it() -> None:
    one, other = words_of([[ASSERTED], [ASSERTED]])
    assert one is other


@pytest.mark.parametrize("kind", ["oom_kill_joined", "kernel_crash", "faulthandler"])
def test_a_witness_of_a_death_says_why_and_the_words_do_not(kind: str) -> None:
    rows = [
        Ranked("environment", "worker_killed", 0.0, 0.6),
        Ranked("service_fault", "crash", 0, 0.1),
    ]
    (words,) = words_of([[rows]])
    assert words.causes["environment"] == "worker_killed"
    assert words.beside([]) is words
    assert words.beside([Evidence(kind, "", present=False)]) is words
    beside = words.beside([Evidence(kind, "")])
    assert beside.item.scores["environment"] == beside.item.scores["service_fault"]


@pytest.mark.parametrize(
    ("found", "shared"),
    [
        (Evidence("late", "", cause="starved_response"), True),
        (Evidence("rejected", "", cause="rate_limit"), True),
        (Evidence("late", ""), False),
        (Evidence("late", "", present=False, cause="starved_response"), False),
        (Evidence("burst", "", cause="starved_response"), False),
    ],
)
def test_a_form_may_be_of_a_shortage_that_something_else_shows(
    found: Evidence, shared: bool
) -> None:
    (words,) = words_of([[ASSERTED]])
    beside = words.beside([found])
    if not shared:
        assert beside is words
        return
    assert beside.causes["resource_exhaustion"] == found.cause
    assert sum(beside.beliefs.values()) == pytest.approx(sum(words.beliefs.values()))
    assert 1 < odds(beside, "service_fault", "resource_exhaustion") < 5


def test_words_that_name_a_cause_stay_of_it() -> None:
    ranked = [Ranked("environment", "network_dns", 20.0, 0.9)]
    (words,) = words_of([[ranked]])
    late = Evidence("late", "", cause="starved_response")
    assert odds(words.beside([late]), "environment", "resource_exhaustion") > 50


def test_the_vocabulary_chooses_among_causes_that_patterns_name_and_of_none_among_all() -> None:
    beliefs = {
        ("service_fault", "crash"): 0.001,
        ("service_fault", "assertion"): 0.4,
        ("environment", "credentials"): 0.001,
        ("environment", "network_dns"): 0.001,
    }
    heard = {"crash": 30.0, "assertion": -30.0, "network_dns": 20.0}
    causes = Words(beliefs, heard).causes
    assert causes["service_fault"] == "assertion"
    assert causes["environment"] == "network_dns"
    assert Words(beliefs).causes["environment"] == ""
