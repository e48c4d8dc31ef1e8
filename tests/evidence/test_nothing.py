"""Which lines say that there was nothing, and which that somebody gave up."""

import pytest

from diagnose.evidence._nothing import gave_up, nothing_came


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("AssertionError: assert None == 30.3", "missing"),
        ("assert None is not None", "missing"),
        ("assert None", "missing"),
        ("AssertionError: None != 5", "missing"),
        ("AssertionError: unexpectedly None", "missing"),
        ("KeyError: 'ALL WELL'", "missing"),
        ("IndexError: list index out of range", "missing"),
        ("TypeError: 'NoneType' object is not subscriptable", "missing"),
        ("shop.models.Order.DoesNotExist: Order matching query does not exist.", "missing"),
        ("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "missing"),
        ("assert [] == ['ARRIVING FRIDAY']", "empty"),
        ("assert 0 == 4", "empty"),
        ("assert '' == 'done'", "empty"),
        ("assert 'row' in []", "empty"),
        ("AssertionError: Lists differ: [] != [1]", "empty"),
        ("assert 41 == 42", ""),
        ("assert 0.5 == 1", ""),
        ("assert 3 == 0", ""),
        ("assert ['a'] == []", ""),
        ("assert 'KeyError' == 'IndexError: '", ""),
        ("ValueError: invalid literal for int() with base 10: 'x'", ""),
    ],
)
def test_a_line_tells_what_came(line: str, what: str) -> None:
    assert nothing_came(line) == what


def test_a_page_that_is_not_there_is_missing() -> None:
    assert nothing_came("assert 404 == 200", 404) == "missing"


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("taxis.roads.NoAnswer: no route after 3 attempts", True),
        ("tenacity.RetryError: RetryError[<Future at 0x7f raised HTTPError>]", True),
        ("shop.Unavailable: giving up on the catalogue", True),
        ("requests.exceptions.ConnectionError: Max retries exceeded with url: /", True),
        ("assert 'after 3 attempts' in text", False),
        ("ValueError: after 3 weeks", False),
    ],
)
def test_who_tried_several_times_does_not_say_what_went_wrong(line: str, yes: bool) -> None:
    assert gave_up(line) is yes
