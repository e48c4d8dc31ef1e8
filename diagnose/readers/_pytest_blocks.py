"""The FAILURES and ERRORS of a session: one block a failure, its text and what was captured."""

import re
from collections import deque
from dataclasses import dataclass, field

from diagnose.model import Captured, Phase, Source
from diagnose.readers import _pytest_rules as rules
from diagnose.readers._lines import Line

WORKER = re.compile(r"\[(gw\d{1,5})\] \S+ -- Python \S+ ")
PHASED = re.compile(r"ERROR (?:at (setup|call|teardown) of|(collecting)) (.+)$", re.DOTALL)
CAPTURED = re.compile(r"-+ ?Captured (\w[\w ]{0,40}?)(?: (setup|call|teardown))? ?-+$")
TRAILER = re.compile(
    r"-+ (?:coverage: |generated |JSON report|benchmark|snapshot report|Docs: |live log)"
)
CRASHED = re.compile(
    r"(?:[Ww]orker|[Ss]lave) u?['\"]?(gw\d{1,5})['\"]? crashed while running u?['\"](.+)['\"]\s*$"
)
WIDE = re.compile(r" (ERROR collecting \S+|(?:ERROR at \w+ of )?[A-Za-z_][\w.]*(?:\[.*\])?) _?$")
OUTER = ("##[error]", 'The command "', "ERROR: Job failed")
HALF = 1 << 16  # characters kept at either end of a text


class Text:
    """Lines that grow at the end, and lose their middle where they are too many."""

    __slots__ = ("_cut", "_head", "_room", "_size", "_tail", "line")

    def __init__(self) -> None:
        self.line = 0
        self._head: list[str] = []
        self._tail: deque[str] = deque()
        self._room = HALF
        self._size = self._cut = 0

    def add(self, number: int, text: str) -> None:
        """Append a line; blank ones before the first word are no part of it."""
        if not self.line:
            if not text.strip():
                return
            self.line = number
        if self._room > 0:
            self._room -= len(text) + 1
            self._head.append(text)
            return
        self._tail.append(text)
        self._size += len(text) + 1
        while self._size > HALF and len(self._tail) > 1:
            self._size -= len(self._tail.popleft()) + 1
            self._cut += 1

    def __str__(self) -> str:
        """Return the text, without blank lines at its end."""
        gap = [f"[... {self._cut} lines left out ...]"] if self._cut else []
        return "\n".join((*self._head, *gap, *self._tail)).rstrip()


@dataclass(slots=True)
class Block:
    """One failure as it is printed: what its title says, its text, its captured sections."""

    title: str
    line: int
    phase: Phase
    worker: str = ""
    crashed: str = ""
    text: Text = field(default_factory=Text)
    captured: list[tuple[str, Phase, Text]] = field(default_factory=list)

    def output(self, path: str) -> tuple[Captured, ...]:
        """Return what was captured, where there is any."""
        return tuple(
            Captured(stream, str(text), Source(path, text.line), phase)
            for stream, phase, text in self.captured
            if text.line
        )


class Blocks:
    """Reads the blocks of one section; `width` is that of its rule."""

    def __init__(self, section: str, width: int) -> None:
        self.section = section
        self.blocks: list[Block] = []
        self.untitled = Text()
        self._width = width
        self._block: Block | None = None
        self._into = self.untitled
        self._nested = False

    def quotes(self, title: str) -> bool:
        """Say whether a rule belongs to a session that a test printed, not to this one."""
        captured = self._block is not None and self._into is not self._block.text
        if captured and title == rules.STARTS:
            self._nested = True
        elif self._nested and rules.total(title):
            self._nested = False
            return True
        return self._nested

    def close(self) -> None:
        """Hold nothing back: the blocks are joined when the session is over."""

    def take(self, line: Line) -> bool:
        """Read a line, and say whether it belongs to the section."""
        text = line.text
        if text.startswith(OUTER) or (text[:1] == "-" and TRAILER.match(text)):
            self._block, self._into = None, Text()
            return False
        self._add(line, text, text[:1])
        return True

    def _add(self, line: Line, text: str, first: str) -> None:
        if first in {"_", " "} and not self._nested and self._opens(line):
            return
        if first == "-" and (match := CAPTURED.match(text.rstrip())) and self._block:
            self._into = Text()
            self._block.captured.append((match[1], _phase(match[2]), self._into))
            return
        if first == "[" and self._block and not self._into.line and (m := WORKER.match(text)):
            self._block.worker = m[1]
            return
        if (
            first in {"w", "W", "S", "s"}
            and self._block
            and not self._into.line
            and (m := CRASHED.match(text))
        ):
            self._block.worker, self._block.crashed, self._block.phase = m[1], m[2], "crash"
        self._into.add(line.number, text)

    def _opens(self, line: Line) -> bool:
        text = line.text
        if len(text) < self._width - 1:
            return False
        title = rules.title(text, "_") if text[0] == "_" else _wide(text)
        if not title.strip("_ "):
            return False
        phase: Phase = "call"
        if match := PHASED.match(title):
            phase, title = _phase(match[1] or "collect"), match[3]
        self._block = Block(title, line.number, phase)
        self._into = self._block.text
        self.blocks.append(self._block)
        return True


def _wide(text: str) -> str:
    """Return a title that leaves no room for a rule before it, as pytest < 5 prints it."""
    match = WIDE.match(text) if len(text) <= rules.LONGEST_TITLE else None
    return match[1] if match else ""


def _phase(word: str | None) -> Phase:
    known: dict[str, Phase] = {
        "setup": "setup",
        "call": "call",
        "teardown": "teardown",
        "collect": "collect",
    }
    return known.get(word or "", "")
