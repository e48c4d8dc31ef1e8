"""The durations as a figure of plotly: to zoom into, and to ask each dot for its name."""

from __future__ import annotations

from typing import Any

from diagnose.reports._text import line

MOST_DOTS = 3000
SHORTEST = 0.01  # seconds: below, a clock tells more of the machine than of the test
NAME = 160

Pair = tuple[float, float, str]


def figure(both: list[Pair], bad: set[str], labels: tuple[str, str]) -> dict[str, Any]:
    """Return (before, after, test) as plain values that plotly draws; the page adds its colours."""
    traces = [
        _trace("passed", [pair for pair in both if pair[2] not in bad]),
        _trace("failed", [pair for pair in both if pair[2] in bad]),
    ]
    axes = {f"{axis}axis": _axis(label) for axis, label in zip("xy", labels, strict=True)}
    margin = {"l": 60, "r": 12, "t": 12, "b": 50}
    return {
        "data": traces,
        "layout": {**axes, "margin": margin, "hovermode": "closest", "showlegend": False},
    }


def _trace(name: str, pairs: list[Pair]) -> dict[str, Any]:
    shown = pairs[:: 1 + len(pairs) // MOST_DOTS]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(max(SHORTEST, before), 3) for before, _, _ in shown],
        "y": [round(max(SHORTEST, after), 3) for _, after, _ in shown],
        # plotly reads a few tags in a text: none may come from a test's name.
        "text": [line(key, NAME).replace("<", "‹").replace("&", "＆") for *_, key in shown],
    }


def _axis(label: str) -> dict[str, Any]:
    said = label.replace("<", "‹").replace("&", "＆")
    return {
        "type": "log",
        "dtick": 1,
        "title": {"text": f"seconds in {said}"},
        "gridcolor": "rgba(128,128,128,.25)",
    }
