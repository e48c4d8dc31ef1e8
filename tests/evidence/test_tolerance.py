"""How far beyond a tolerance a number is, as it is printed."""

from __future__ import annotations

import pytest

from diagnose.evidence._line import Line
from diagnose.evidence._margins import TIGHT
from diagnose.evidence._tolerance import beyond


def remarks(text: str) -> list[str]:
    lines = [Line(n, line, "console") for n, line in enumerate(text.splitlines())]
    return [line.words for line in beyond(lines) if line.words.endswith(TIGHT)]


@pytest.mark.parametrize(
    "text",
    [
        "AssertionError: 0.5113 != 0.5 within 0.01 delta (0.0113 difference)",
        "assert 0.5113 == 0.5 ± 0.01",
        "The difference between a and b is 0.0113, which exceeds 0.01, where",
        "Max difference between 0.5113 and 0.5 allowed is 0.01, but difference was 0.0113",
        "by less than <0.01> but difference was <0.0113>.",
        "expected 0.5113 to be close to 0.5 +/- 0.01",
        "expected 0.5113 to be within 0.01 of 0.5",
        "but: <0.5113> differed by <0.0013> more than delta <0.01>",
        "Expecting actual:\n  1.12\nto be between:\n  [0.95, 1.05]",
        "expected to be in range: [95, 105]\nbut was                : 107",
    ],
)
def test_a_number_just_beyond_its_tolerance_is_named(text: str) -> None:
    assert len(remarks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "AssertionError: 0.75 != 0.5 within 0.01 delta (0.25 difference)",
        "assert 0.5113 == 0.5 ± 0",
        "assert 1e999 == -1e999 ± 1e999",
        "expected to be in range: [95, 105]\nbut was                : 207",
        "expected to be in range: [1, 900]\nbut was                : 907",  # no narrow one
        "to be between:",
        "the order came within 3 days",
        "",
    ],
)
def test_a_number_far_from_it_is_not(text: str) -> None:
    assert remarks(text) == []
