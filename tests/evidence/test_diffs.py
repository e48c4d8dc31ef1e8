"""What the lines of a printed diff tell together."""

from __future__ import annotations

import pytest

from diagnose.evidence._difference import REORDERED
from diagnose.evidence._diffs import moved
from diagnose.evidence._line import Line
from diagnose.evidence._wording import MORE, TYPOGRAPHY

HEAD = "    a_test.go:9: Decode() mismatch (-want +got):"


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        ([HEAD, "  one", "- two", "  three", "+ two"], REORDERED),
        (["- 'a',", "+ 'b',", "+ 'a',", "- 'b',"], ""),  # letters are no words
        ([HEAD, "  Order{", "+   Tax: 3,", "  }"], MORE),
        (["  Order{", "+   Tax: 3,", "  }"], ""),  # whose line that is was not told
        ([HEAD, "+ three"], ""),  # an item is no field
        ([HEAD, "- two", "+ three"], ""),
        (["+ set -x", "+ make test"], ""),
        (["-  0 => 'one'", "-  1 => 'two'", "+  0 => 'two'", "+  1 => 'one'"], REORDERED),
        (["-  [0] => one", "+  [0] => two", "-  [1] => two", "+  [1] => one"], REORDERED),
        (["-  0 => 'one'", "+  1 => 'one'"], ""),  # its number is what is wrong
        (["-  0 => 'one'", "-  1 => 'two'", "+  0 => 'two'", "+  2 => 'one'"], ""),
        (["- <p>no orders", "- today</p>", "+ <p>no", "+   orders today</p>"], TYPOGRAPHY),
        (["- <p>no orders", "- today</p>", "+ <p>no", "+   orders here</p>"], ""),
        ([], ""),
    ],
)
def test_a_diff_is_taken_as_a_whole(lines: list[str], remark: str) -> None:
    found = list(moved([Line(number, line, "console") for number, line in enumerate(lines)]))
    assert [line.said.endswith(remark) for line in found] == [True] * bool(remark)


def test_what_nothing_may_look_at_is_no_diff() -> None:
    lines = [Line(n, line, None) for n, line in enumerate(["- two words", "+ two words"])]
    assert not list(moved(lines))
