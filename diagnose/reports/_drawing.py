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


@dataclass(slots=True)
class Drawing:
    """A figure while it is drawn, and what is said of it beside."""

    id: str
    title: str
    said: str
    height: int
    paths: list[tuple[str, str]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
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

    def bar(self, style: str, x: float, y: float, width: float) -> None:
        """Add a horizontal bar; even a small one can be seen."""
        self.path(style, f"M{x:.1f} {y:.1f}h{max(1.5, width):.1f}v16h-{max(1.5, width):.1f}z")


def dots(places: list[tuple[float, float]]) -> str:
    """Return a path of points; a round line of no length is a dot."""
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
