"""Which comparisons are read in the forms that libraries of many languages give them."""

from __future__ import annotations

import time

import pytest

from diagnose.clues import Facts
from diagnose.evidence._anatomy import placed
from diagnose.evidence._comparison import compared
from diagnose.evidence._country import DECIMAL
from diagnose.evidence._difference import DAY, NATIVE_PATH, PLATFORM
from diagnose.evidence._facts import tells_nothing
from diagnose.evidence._forms import forms
from diagnose.evidence._line import Line

GOT, WANT = "2020-03-02", "2020-03-01"


@pytest.mark.parametrize(
    "text",
    [
        f"AssertionError: expected '{GOT}' to be '{WANT}' // Object.is equality",
        f"AssertionError: expected {{ day: '{GOT}' }} to deeply equal {{ day: '{WANT}' }}",
        f"Error: Expected $.day = '{GOT}' to equal '{WANT}'.",
        f"AssertionError [ERR_ASSERTION]: '{GOT}' === '{WANT}'",
        f"    operator: equal\n    expected: |-\n      '{WANT}'\n    actual: |-\n      '{GOT}'",
        f"        actual: >\n            {GOT}\n        expected: >\n            {WANT}",
        f'    Expected value to be (using ===):\n      "{WANT}"\n    Received:\n      "{GOT}"',
        f'Expecting:\n <"{GOT}">\nto be equal to:\n <"{WANT}">\nbut was not.',
        'org.scalatest.TestFailed: "2020-03-0[2]" did not equal "2020-03-0[1]" (Day.scala:9)',
        f"[error]    '{GOT}' != '{WANT}' (Day.scala:12)",
        f'<"{WANT}"> expected but was\n<"{GOT}">.',
        f"Failed asserting that '{GOT}' matches expected '{WANT}'.",
        f'        Error:\tNot equal: "{WANT}" (expected)\n\t\t\t != "{GOT}" (actual)',
        f'... obtained string = "{GOT}"\n... expected string = "{WANT}"',
        f"    Expected\n        <string>: {GOT}\n    to equal\n        <string>: {WANT}",
        f'        - \t"{WANT}",\n        + \t"{GOT}",',
        f"    day_test.go:9: want: {WANT}\n        have: {GOT}",
        f"Diff < left / right > :\n<{GOT}\n>{WANT}",
        f"Assert.AreEqual failed. Expected:<{WANT}>. Actual:<{GOT}>.",
        f'Expected day to be "{WANT}", but "{GOT}" differs near "2" (index 9).',
        f"Expected day to be <{WANT}>, but found <{GOT}>.",
        f'day\n    should be\n"{WANT}"\n    but was\n"{GOT}"',
        f'Expected equality of these values:\n  day()\n    Which is: "{GOT}"\n  "{WANT}"',
        f'with expansion:\n  "{GOT}" == "{WANT}"',
        f'day.cpp(9): error: check day() == "{WANT}" has failed [{GOT} != {WANT}]',
        f'  values: CHECK( "{GOT}" == "{WANT}" )',
        f'   Actual   (day): "{GOT}"\n   Expected ("x"): "{WANT}"',
        f'       expected: "{WANT}"\n        but got: "{GOT}"',
        f'  actual: (not (= "{WANT}" "{GOT}"))',
        f'XCTAssertEqual failed: ("{GOT}") is not equal to ("{WANT}")',
        f"Passed in:\n(string) '{GOT}'\nExpected:\n(string) '{WANT}'",
        f'   Evaluated: "{GOT}" == "{WANT}"',
        f'`actual`:   "{GOT}"\n`expected`: "{WANT}"',
        f"At index 3 diff: '{GOT}' != '{WANT}'",
        f"expected '<span>' to have text '{WANT}', but the text was '{GOT}'",
    ],
)
def test_both_sides_are_put_on_one_line_with_what_they_differ_in(text: str) -> None:
    lines = [Line(number, line, "console") for number, line in enumerate(text.split("\n"))]
    said = {line.words for line in forms(lines) if line.place == "assertion"}
    assert any(words.endswith(DAY) and GOT in words and WANT in words for words in said), said


@pytest.mark.parametrize(
    "text",
    [
        "expected 'open' to be 'shut'",
        "Expected orders\nActual events",
        "got 7 orders\nwant of paper",
        "Expected equality of these values:\n  7",
        "Expected equality of these values:",
        f"expected {'x' * 2000} to equal '{WANT}'",
    ],
)
def test_what_differs_in_nothing_that_tells_is_left_as_it_is(text: str) -> None:
    lines = [Line(number, line, "console") for number, line in enumerate(text.split("\n"))]
    assert not list(forms(lines))


def test_a_long_text_is_read_in_a_moment() -> None:
    lines = [Line(number, "expected a to equal b " * 45, "console") for number in range(1000)]
    began = time.monotonic()
    list(forms(lines))
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f'Expected value to equal:\n  "{WANT}"\nReceived:\n  "{GOT}"', DAY),
        (f"Expected: {WANT}\n  Actual: {GOT}", DAY),
        (f"[left]:  {GOT}\n[right]: {WANT}", DAY),
        ("- /shop/one\\day.txt\n?         ^\n+ /shop/one/day.txt", NATIVE_PATH),
        ("left: `1\u202f250`\nright: `1,250`", DECIMAL),
        ("left: `C:/Users/RUNNER~1/day`\nright: `C:/Users/runneradmin/day`", PLATFORM),
    ],
)
def test_labels_brackets_and_marks_of_quotation_are_taken_off(text: str, kind: str) -> None:
    lines = [Line(number, line, "console") for number, line in enumerate(text.split("\n"))]
    assert any(line.words.endswith(kind) for line in compared(lines))


def test_what_an_assertion_without_words_leaves_open_an_output_may_tell() -> None:
    assert tells_nothing(Facts(line="AssertionError", exception="AssertionError"))
    assert not tells_nothing(Facts(line="AssertionError: 41 != 42", exception="AssertionError"))


def test_the_forms_are_part_of_what_is_made_of_a_text() -> None:
    assert any(line.words.endswith(DAY) for line in placed(f'  "{GOT}" == "{WANT}"'))
