"""How far beyond a tolerance or a range a number lies, as the libraries of assertions print it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diagnose.evidence._line import Line
from diagnose.evidence._margins import TIGHT, just_beyond, just_outside
from diagnose.family import LONGEST

_N = r"-?\d{1,15}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?"
_CLOSE = re.compile(
    rf"""(?P<one>{_N})\ !=\ (?P<other>{_N})\ within\ (?P<delta>{_N})\ delta
      | assert\ (?P<one2>{_N})\ ==\ (?P<other2>{_N})\ ±\ (?P<delta2>{_N})
      | \bis\ (?P<apart>{_N}),\ which\ exceeds\ (?P<delta3>{_N})
      | \ballowed\ is\ (?P<delta4>{_N}),\ but\ difference\ was\ (?P<apart4>{_N})
      | \bby\ less\ than\ <?(?P<delta5>{_N})\w?>?\ but\ difference\ was\ <?(?P<apart5>{_N})
      | expected\ (?P<one6>{_N})\ to\ be\ close\ to\ (?P<other6>{_N})\ \+/-\ (?P<delta6>{_N})
      | expected\ (?P<one7>{_N})\ to\ be\ within\ (?P<delta7>{_N})\ of\ (?P<other7>{_N})
      | differed\ by\ <(?P<more>{_N})>\ more\ than\ delta\ <(?P<delta8>{_N})>""",
    re.VERBOSE,
)
_SUBJECT = re.compile(r"\s*Expecting(?: actual)?:\s*|\s*but was\s*:\s*(?P<value>-?\d.{0,40})")
_RANGE = re.compile(rf"[^\d-]{{0,40}}[\[(<]?(?P<low>{_N})[LfFdD]?>?(?:, ?|\.\.)<?(?P<high>{_N})")
_BETWEEN = re.compile(r"\s*(?:to be (?:strictly )?between:|expected to be in range:.*)\s*")
_VALUE = re.compile(rf"\s*<?(?P<value>{_N})[LfFdD]?>?\s*")
_WORDS = ("within", "±", "exceeds", "difference was", "close to", "more than delta")


def beyond(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield a remark where a number misses a tolerance, or a narrow range, by little."""
    told = [line for line in lines if line.place and line.said.strip()]
    for line in told:
        said = line.said[:LONGEST]
        if any(word in said for word in _WORDS) and _misses(said):
            yield line._replace(place="assertion", words=f"{said.strip()} {TIGHT}")
    for number, line in enumerate(told):
        if _BETWEEN.fullmatch(line.said[:LONGEST]) and _outside(told, number):
            yield line._replace(place="assertion", words=f"{line.said.strip()} {TIGHT}")


def _misses(said: str) -> bool:
    match = _CLOSE.search(said)
    if not match:
        return False
    known = {name.rstrip("2345678"): float(of) for name, of in match.groupdict().items() if of}
    delta = abs(known["delta"])
    if "more" in known:
        return just_beyond(known["more"] + delta, delta)
    apart = known["apart"] if "apart" in known else known["one"] - known["other"]
    return just_beyond(abs(apart), delta)


def _outside(told: Sequence[Line], number: int) -> bool:
    """Look for the range on this line or the next, and for the value above or below."""
    near = [line.said[:LONGEST] for line in told[max(number - 2, 0) : number + 3]]
    here = min(number, 2)
    bounds = _RANGE.match(near[here]) or (len(near) > here + 1 and _RANGE.match(near[here + 1]))
    value = _value(near)
    if not bounds or value is None:
        return False
    return just_outside(value, float(bounds["low"]), float(bounds["high"]))


def _value(near: Sequence[str]) -> float | None:
    for number, said in enumerate(near):
        match = _SUBJECT.fullmatch(said)
        found = match and _VALUE.fullmatch(match["value"] or "".join(near[number + 1 : number + 2]))
        if found:
            return float(found["value"])
    return None
