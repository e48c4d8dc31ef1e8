"""What the lines of a printed diff say together, which none of them says alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from diagnose.evidence._difference import MORE, REORDERED
from diagnose.evidence._line import Line

MOST = 2_000  # lines of a diff that are compared
_CHANGED = re.compile(r"\s*(?P<sign>[-+])(?![-+])\s*(?P<item>\S.*)")
_LEGEND = re.compile(r"\(?[-+] ?(?:want|got|expected|received|actual|snapshot)\b", re.IGNORECASE)
_GOT_IS_PLUS = re.compile(
    r"\(?-want,? \+got\)?|^\s*\+ (?:[Rr]eceived|[Aa]ctual)\b|^\s*- [Ee]xpected\b"
)
_FIELD = re.compile(r"['\"]?\w[\w.-]*['\"]?\s*(?::|=>|=)\s*\S|<\w+.*>")
_INDEX = re.compile(r"(?:\[?\d{1,4}\]?|Index \d{1,4}) ?(?:=>|:) ")
_WORD = re.compile(r"[A-Za-z]{2}")


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
        item = _INDEX.sub("", match["item"], count=1).rstrip(" ,")
        (put if match["sign"] == "+" else taken)[item] += 1
    if first and (remark := _remark(taken, put, legend=legend)):
        yield first._replace(place="assertion", words=f"{first.said.strip()} {remark}")


def _remark(taken: Counter[str], put: Counter[str], *, legend: bool) -> str:
    if taken and taken == put:
        return REORDERED if any(map(_WORD.search, taken)) else ""
    fields = bool(put) and all(map(_FIELD.match, put))
    return MORE if legend and fields and not taken else ""
