"""What the HTML report says, as data: incidents, advice, tests, and whose problem it is."""

from dataclasses import replace
from typing import get_args

import pytest

from diagnose.diagnosis import Alternative, Item, TestCase, Verdict
from diagnose.model import Source
from diagnose.reports._page import page
from diagnose.reports._said import MEANS, meaning_of, parted
from tests.sample import BOTH, sample


def test_a_ledger_is_told_heaviest_first_without_its_prior() -> None:
    items = (
        Item("prior", "before anything was seen", decibans=9.0),
        Item("small", "a little", decibans=-2.0),
        Item("large", "a lot", decibans=8.0, quote="seen", source=Source("a.xml", 3)),
    )
    diagnosis = replace(sample(), incidents=(replace(sample().incidents[0], ledger=items),))
    rows = page(diagnosis)["incidents"][0]["ledger"]
    assert [(row["text"], row["decibans"], row["speaks"]) for row in rows] == [
        ("a lot", "+8", "for"),
        ("a little", "−2", "against"),
    ]
    assert (rows[0]["quote"], rows[0]["place"]) == ("seen", "a.xml:3")


def test_a_row_of_the_table_joins_incident_and_failure() -> None:
    case = TestCase(
        "tests/test_keys.py::TestKeys::test_scope[admin]", "tests.test_keys.TestKeys",
        "test_scope[admin]", "tests/test_keys.py", outcomes=BOTH,
    )  # fmt: skip
    diagnosis = replace(sample(), incidents=(replace(sample().incidents[0], tests=(case,)),))
    (row,) = page(diagnosis)["tests"]
    assert row.runs == "parallel"
    assert (row.workers, row.seconds) == ("gw3", "5.34")
    assert row.message == "httpx.ReadTimeout: timed out"


def test_advice_and_incidents_lead_to_each_other() -> None:
    said = page(sample())
    assert said["advice"][0]["incidents"] == [(1, "incident-1")]
    assert [each["anchor"] for each in said["incidents"][0]["advice"]] == ["advice-1"]
    assert said["first"]["anchor"] == "advice-1"
    assert [each["advice"] for each in said["incidents"][1:]] == [[], [], []]


def test_incidents_at_a_glance_are_told_the_largest_first() -> None:
    glance = page(sample())["glance"]
    assert [each["size"] for each in glance] == [28, 1, 1, 1]
    assert glance[0]["headline"] == "the identity service stopped answering under 8 workers"


def test_the_largest_of_very_many_incidents_is_told_in_full() -> None:
    small = replace(sample().incidents[3], id="small")
    many = replace(sample(), incidents=(*[small] * 150, sample().incidents[0]), advice=())
    said = page(many)
    assert (len(said["incidents"]), said["more_incidents"]) == (100, 51)
    assert said["main"]["anchor"] == said["incidents"][-1]["anchor"] == "incident-151"
    assert [row.incident for row in said["tests"]][98:101] == [99, 0, 0]


def test_whose_problem_it_is_is_said_no_surer_than_the_verdict() -> None:
    told = sample().incidents[0]
    said = [
        meaning_of(replace(told, wording=word)) for word in ("verdict", "likely", "undetermined")
    ]
    assert said[0].startswith("How the tests are run uses something up")
    assert said[1] == "Most likely how the tests are run uses something up."
    assert said[2].startswith("Perhaps how the tests are run uses something up")
    assert set(MEANS) == set(get_args(Verdict))


def test_where_nothing_decides_the_other_side_is_named_too() -> None:
    told = replace(
        sample().incidents[0],
        verdict="service_fault",
        wording="undetermined",
        alternatives=(Alternative("test_isolation", "shared_state", 0.3),),
    )
    said = "Perhaps the code or the service is wrong"
    assert meaning_of(told) == f"{said}, perhaps the tests disturb one another."
    assert meaning_of(replace(told, alternatives=())) == f"{said}."


def test_where_one_test_is_guilty_nobody_is_sent_to_change_how_tests_are_run() -> None:
    told = sample().incidents[0]
    guilty = replace(told.tests[0], role="culprit")
    one, two = (replace(told, tests=(guilty,) * n, wording="verdict") for n in (1, 2))
    assert meaning_of(one) == "One test uses something up: look there first."
    assert meaning_of(two) == "Some tests use something up: look there first."


def test_culprits_are_named_before_their_victims() -> None:
    first, second = sample().incidents[0].tests[:2]
    told = replace(sample().incidents[0], tests=(first, replace(second, role="culprit")))
    (said,) = page(replace(sample(), incidents=(told,)))["incidents"]
    assert said["tests"] == [(second.id, "culprit"), (first.id, "victim")]
    assert said["roles"] == "1 culprit, 1 victim"


def test_a_ledger_of_two_verdicts_names_them_once() -> None:
    (told, *_) = page(sample())["incidents"]
    assert told["between"] == ("resource exhaustion", "service fault")
    mixed = (Item("a", "a", "environment", "", 4.0), Item("b", "b", "service_fault", "", 3.0))
    other = replace(sample(), incidents=(replace(sample().incidents[0], ledger=mixed),))
    assert page(other)["incidents"][0]["between"] is None


def test_columns_of_zeros_are_left_out() -> None:
    assert page(sample())["counted"] == ["tests", "passed", "failed", "not_run"]


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        (
            "2 failed tests: no room (OSError: [Errno 28])",
            ("2 failed tests: no room", "OSError: [Errno 28]"),
        ),
        (
            "3 failed tests: it (a (b) c); 5 tests never ran",
            ("3 failed tests: it; 5 tests never ran", "a (b) c"),
        ),
        ("1 test failed (once): no message", ("1 test failed (once): no message", "")),
        ("All green: 3 tests, no failure", ("All green: 3 tests, no failure", "")),
    ],
)
def test_the_words_of_an_error_stand_below_what_happened(
    headline: str, said: tuple[str, str]
) -> None:
    assert parted(headline) == said
