"""The lists pytest prints at the end: warnings, durations, and the short summary."""

import re
from collections import deque

from diagnose.model import Event, Source
from diagnose.readers._lines import Line

LISTED = re.compile(r"(FAILED|FAIL|ERROR|SUBFAIL(?:ED)?(?:[(\[].{0,500}?[)\]])?) +(\S.*)$")
OF_SUBTEST = re.compile(r"(?<= )\S{1,1000}?\.\w{1,12}::\S.*$")
DURATION = re.compile(r"(\d{1,9}\.\d+)s (?:call|setup|teardown) +(\S.*?)\s*$")
CATEGORY = re.compile(r"\s*\S.{0,1000}?:\d+: ((?:\w+\.)*[A-Z]\w*)(?::|$)")
MOST_WARNINGS = 3000
MOST_LINES = 60


def listed(line: Line) -> tuple[str, str, int] | None:
    """Read a line of the short summary: the word, the id with its message, the line's number."""
    match = LISTED.match(line.text)
    if not match:
        return None
    word = "ERROR" if match[1] == "ERROR" else "SUBFAILED" if match[1][0] == "S" else "FAILED"
    rest = match[2]
    if match[1].startswith("SUB") and (after := OF_SUBTEST.search(line.text)):
        rest = after[0]
    return word, rest.rstrip(), line.number


def duration(text: str) -> tuple[str, float] | None:
    """Read a line of the durations list: node id and seconds."""
    match = DURATION.match(text)
    return (match[2], float(match[1])) if match else None


class Warnings:
    """Reads the warnings summary: who met it on lines at the margin, what it says below."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._tests: list[str] = []
        self._count = 0
        self._lines: list[str] = []
        self._blank: deque[str] = deque(maxlen=MOST_LINES)
        self._line = 0
        self._given = 0

    def take(self, line: Line) -> Event | None:
        """Read a line; return the warning that it ends."""
        text = line.text
        if text.startswith("-- Docs"):
            return self.close()
        if not text.strip():
            if self._lines:
                self._blank.append(text)
            return None
        if text[0].isspace():
            self._line = self._line or line.number
            if len(self._lines) < MOST_LINES:
                self._lines += (*self._blank, text)
            self._blank.clear()
            return None
        ended = self.close() if self._lines else None
        self._count += 1
        if len(self._tests) < 50:
            self._tests.append(text.strip()[:500])
        return ended

    def close(self) -> Event | None:
        """Return the last warning, if one is being read."""
        lines, tests = self._lines, self._tests
        number, count = self._line, self._count
        self._lines, self._tests, self._line, self._count = [], [], 0, 0
        self._blank.clear()
        if not lines or self._given >= MOST_WARNINGS:
            return None
        self._given += 1
        details = {"places": str(max(count, 1))}
        if match := CATEGORY.match(lines[0]):
            details["category"] = match[1]
        test = next((name for name in tests if "::" in name), "")
        text = "\n".join(lines).strip()
        return Event("warning", text, Source(self._path, number), test=test, details=details)
