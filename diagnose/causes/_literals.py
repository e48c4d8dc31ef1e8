"""Find the words that every match of an expression must hold; a plain search for them is cheap."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""\\(?P<escape>.)
      | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
      | (?P<open>\((?:\?(?:P<\w+>|[aiLmsux-]*:|[aiLmsux]+(?=\)|\))|[=!]|<[=!]))?)
      | (?P<close>\))
      | (?P<count>[?*]|\{\d*,?\d*\}|\+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN = re.compile(r"[^\w\s]|_")


def literal(regex: str) -> tuple[str, ...]:
    """Return the longest run of plain characters outside all groups, or nothing."""
    runs, depth = [""], 0
    for token in _TOKEN.finditer(regex):
        kind, text = token.lastgroup, token[0]
        if kind == "open":
            depth += 1
            runs.append("")
        elif kind == "close":
            depth -= 1
            runs.append("")
        elif depth:
            continue
        elif text == "|":
            return ()
        elif kind == "count":
            _count(runs, text)
        elif kind == "escape" and _PLAIN.match(token["escape"]):
            runs[-1] += token["escape"]
        elif kind == "other" and text not in ".^$":
            runs[-1] += text
        else:
            runs.append("")
    best = max(runs, key=len)
    return (best,) if len(best) >= 3 else ()


def _count(runs: list[str], text: str) -> None:
    if text != "+":
        runs[-1] = runs[-1][:-1]
    runs.append("")
