"""What the lines of a printed diff say together, which none of them says alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from diagnose.evidence._difference import REORDERED
from diagnose.evidence._line import Line
from diagnose.evidence._wording import MORE, TYPOGRAPHY, reflowed

MOST = 2_000  # lines of a diff that are compared
_CHANGED = re.compile(r"\s*(?P<sign>[-+])(?![-+])\s*(?P<item>\S.*)")
_LEGEND = re.compile(r"\(?[-+] ?(?:want|got|expected|received|actual|snapshot)\b", re.IGNORECASE)
_GOT_IS_PLUS = re.compile(
    r"\(?-want,? \+got\)?|^\s*\+ (?:[Rr]eceived|[Aa]ctual)\b|^\s*- [Ee]xpected\b"
)
_FIELD = re.compile(r"['\"]?\w[\w.-]*['\"]?\s*(?::|=>|=)\s*\S|<\w+.*>")
_WORD = re.compile(r"[A-Za-z]{2}")
_NUMBERED = re.compile(r"(?:\[?(\d{1,6})\]? (?:=>|:)) (.*)")  # as an item of a list is printed


def moved(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield a remark where a diff takes out what it puts in elsewhere, or puts in fields alone."""
    taken, put, first = Counter[str](), Counter[str](), None
    legend = False
    for line in [line for line in lines if line.place][:MOST]:
        legend = legend or bool(_GOT_IS_PLUS.search(line.said))
        match = _CHANGED.match(line.said)
        if not match or _LEGEND.match(line.said.strip()):
            continue
        first = first or line
        (put if match["sign"] == "+" else taken)[match["item"].rstrip(" ,")] += 1
    if first and (remark := _remark(taken, put, legend=legend)):
        yield first._replace(place="assertion", words=f"{first.said.strip()} {remark}")


def _remark(taken: Counter[str], put: Counter[str], *, legend: bool) -> str:
    if taken and (taken == put or _renumbered(taken, put)):
        return REORDERED if any(map(_WORD.search, taken)) else ""
    if taken and put and reflowed("".join(put.elements()), "".join(taken.elements())):
        return TYPOGRAPHY
    fields = bool(put) and all(map(_FIELD.match, put))
    return MORE if legend and fields and not taken else ""


def _renumbered(taken: Counter[str], put: Counter[str]) -> bool:
    """Say whether the same items stand at the same numbers, each at another's."""
    mine, its = ([_NUMBERED.fullmatch(item) for item in side.elements()] for side in (taken, put))
    if len(mine) < 2 or len(mine) != len(its) or not (all(mine) and all(its)):
        return False
    columns = [
        [sorted(match[column] for match in side if match) for side in (mine, its)]
        for column in (1, 2)
    ]
    return all(one == other for one, other in columns)
