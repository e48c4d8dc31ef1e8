"""A drawing: paths and words with places. The template makes SVG of it, the style sheet colours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

WIDTH = 560
LEFT, RIGHT, TOP = 52, 12, 14


@dataclass(frozen=True, slots=True)
class Word:
    """A text with its place; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its text above: as wide as the page allows, in hundredths of the longest."""

    style: str
    text: str
    width: float
    value: str


@dataclass(slots=True)
class Drawing:
    """A figure while it is drawn, and what is said of it beside: paths with places, or bars."""

    id: str
    title: str
    said: str
    height: int
    paths: list[tuple[str, str]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    key: list[tuple[str, str]] = field(default_factory=list)
    width: int = WIDTH
    figure: dict[str, Any] | None = None  # for plotly, where there is more than the eye can part

    def path(self, style: str, steps: str) -> None:
        """Add a path in a style of the style sheet."""
        if steps:
            self.paths.append((style, steps))

    def word(self, x: float, y: float, text: str, anchor: str = "start") -> None:
        """Add a text."""
        self.words.append(Word(round(x, 1), round(y, 1), text, anchor))


def dots(places: list[tuple[float, float]]) -> str:
    """Return a path of points; a round line of no length is a dot."""
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
