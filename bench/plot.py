"""Draws how time and memory grow with the size of what is read: one SVG, both axes logarithmic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import NamedTuple
from xml.sax.saxutils import escape

from bench.rounds import Cost
from bench.tables import Table, label

WIDE, HIGH = 1120, 360
LEFT, TOP, PLOT, TALL = 56, 40, 280, 270  # a panel: its place, its size without the names
NEXT = WIDE // 2
LINE = 12  # between two names
OURS, OTHERS = "#0b5fff", "#6b717b"
HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" '
    'font-family="sans-serif" font-size="10">'
    '<rect width="100%" height="100%" fill="#fff"/>'
)
PANELS = (("CPU seconds", "cpu"), ("peak memory, MB", "rss"))


class Scale(NamedTuple):
    """Where values lie between two powers of ten, on so many pixels."""

    low: int
    high: int
    pixels: int

    @classmethod
    def over(cls, values: Sequence[float], pixels: int) -> Scale:
        """Reach over all values."""
        low = floor(log10(min(values)))
        return cls(low, max(ceil(log10(max(values))), low + 1), pixels)

    def at(self, value: float) -> float:
        """Return the place of a value."""
        return (log10(value) - self.low) / (self.high - self.low) * self.pixels

    def powers(self) -> list[float]:
        """List the powers of ten that are on it."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def plot(tables: Sequence[Table]) -> str:
    """Draw all who read files of one kind."""
    drawn = HEAD
    for number, panel in enumerate(PANELS):
        place = f"translate({LEFT + NEXT * number} {TOP})"
        drawn += f'<g transform="{place}">{"".join(_panel(tables, panel))}</g>'
    return f"{drawn}</svg>\n"


def _panel(tables: Sequence[Table], panel: tuple[str, str]) -> Iterator[str]:
    title, figure = panel
    names = list(dict.fromkeys(name for table in tables for name in table.costs))
    lines = {name: list(_points(tables, name, figure)) for name in names}
    values = [value for points in lines.values() for _, value in points]
    across = Scale.over([table.size for table in tables], PLOT)
    up = Scale.over(values, TALL)
    yield f'<text y="-14" font-weight="bold" font-size="12">{title}</text>'
    for value in up.powers():
        y = TALL - up.at(value)
        yield f'<path d="M0 {y:.1f}H{PLOT}" stroke="#e3e5e8"/>'
        yield f'<text x="-6" y="{y + 3:.1f}" text-anchor="end">{value:g}</text>'
    for table in tables:
        x = across.at(table.size)
        yield f'<text x="{x:.1f}" y="{TALL + 16}" text-anchor="middle">{label(table.size)}</text>'
    ends = []
    for name, points in lines.items():
        places = [(across.at(size), TALL - up.at(value)) for size, value in points]
        yield _line(name, places)
        ends.append((places[-1], name))
    yield from _names(ends)


def _points(tables: Sequence[Table], name: str, figure: str) -> Iterator[tuple[int, float]]:
    for table in tables:
        cost: Cost | None = table.costs.get(name)
        if cost:
            yield table.size, max(float(getattr(cost, figure)), 0.01)


def _line(name: str, places: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in places)
    colour, width = _look(name)
    way = f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    return f'{way}<g fill="{colour}">{dots}</g>'


def _look(name: str) -> tuple[str, float]:
    return (OURS, 2) if name.startswith("diagnose") else (OTHERS, 1.2)


def _names(ends: Sequence[tuple[tuple[float, float], str]]) -> Iterator[str]:
    """Write each name beside the end of its line, or below the one before it."""
    free = float("-inf")
    for (x, y), name in sorted(ends, key=lambda end: end[0][1]):
        free = max(y, free + LINE)
        colour, _ = _look(name)
        lead = f"M{x + 4:.1f} {y:.1f}L{PLOT + 14} {free:.1f}"
        yield f'<path d="{lead}" fill="none" stroke="#c9ccd1" stroke-width=".7"/>'
        yield f'<text x="{PLOT + 17}" y="{free + 3:.1f}" fill="{colour}">{escape(name)}</text>'
