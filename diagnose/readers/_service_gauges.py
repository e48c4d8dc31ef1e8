"""What a service counts of itself from line to line: its memory, its open connections."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from diagnose.model import Event, Source

MOST = 256  # values kept of a gauge; of more, every second goes
FEWEST = 2
MOST_NAMES = 20
MIB = {"k": 2**10, "m": 2**20, "g": 2**30}
MEMORY = re.compile(
    r"(?i)\b(?P<name>(?:max)?rss|(?:used[_ ])?memory(?:[_ ](?:usage|used|in[_ ]use|rss))?"
    r"|heap(?:[_ ]?(?:used|size))?|mem(?:[_ ]used)?)(?:[_ ]?(?P<named>kb|mb|gb|bytes))?"
    r"[\"']?(?:\s*[:=]\s*|\s+is\s+|\s+)[\"']?(?P<number>\d{1,15}(?:\.\d{1,6})?)"
    r"\s?(?P<unit>[kmg]i?b?|bytes|b)?\b"
)
CONNECTIONS = re.compile(
    r"(?i)\b(?P<name>(?:active|open|used|busy|current|checked[ _-]?out|db|database|in[ _-]use)"
    r"[ _-])+"
    r"(?:connections?|conns?)[\"']?\s*[:=]\s*(?P<number>\d{1,9})\b"
    r"|\bconnections?[\"']?\s*[:=]\s*(?P<plain>\d{1,9})(?:\s*(?:/|of)\s*\d{1,9})?\b"
)


class Value(NamedTuple):
    """A number that a line states; memory in MiB."""

    number: float
    line: int
    text: str


class Gauge:
    """The values of one name, thinned out where they are many; the last is always known."""

    def __init__(self) -> None:
        self.values: list[float] = []
        self.last = Value(0.0, 0, "")
        self.count = 0
        self._every = 1
        self._kept = True

    def series(self) -> list[float]:
        """Return the values that were kept, and the last."""
        return self.values if self._kept else [*self.values, self.last.number]

    def take(self, value: Value) -> None:
        """Take the next value."""
        self._kept = self.count % self._every == 0
        if self._kept:
            self.values.append(value.number)
            if len(self.values) > MOST:
                self.values = self.values[::2]
                self._every *= 2
        self.count += 1
        self.last = value


class Gauges:
    """What the lines of one log count."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Gauge] = {}

    def take(self, text: str, line: int) -> None:
        """Look at a line."""
        if not (
            "onn" in text or "emory" in text or "rss" in text or "heap" in text or "RSS" in text
        ):
            return  # asked of every line, so without a loop
        text = text[:2000]
        if match := MEMORY.search(text):
            self._add(("memory", match["name"].lower()), Value(_mib(match), line, text))
        if match := CONNECTIONS.search(text):
            number = float(match["number"] or match["plain"])
            self._add(("connections", match["name"] or ""), Value(number, line, text))

    def _add(self, name: tuple[str, str], value: Value) -> None:
        if name in self._known or len(self._known) < MOST_NAMES:
            self._known.setdefault(name, Gauge()).take(value)

    def events(self, path: str) -> Iterator[Event]:
        """Yield each gauge that has more than one value, at the line of its last."""
        for (name, _), gauge in self._known.items():
            if gauge.count >= FEWEST:
                details = {
                    "gauge": name,
                    "unit": "MiB" if name == "memory" else "",
                    "count": str(gauge.count),
                    "values": " ".join(f"{value:g}" for value in gauge.series()),
                }
                yield Event(
                    "service.gauge",
                    gauge.last.text,
                    Source(path, gauge.last.line),
                    details={key: value for key, value in details.items() if value},
                )


def _mib(match: re.Match[str]) -> float:
    """Bring a memory's size to MiB; without a unit it is MiB if that is believable, else bytes."""
    number, unit = float(match["number"]), (match["unit"] or match["named"] or "").lower()
    if unit[:1] in MIB:
        return round(number * MIB[unit[0]] / 2**20, 1)
    return round(number / 2**20, 1) if unit or number > 2**20 else number
