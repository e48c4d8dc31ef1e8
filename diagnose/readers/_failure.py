"""What the words of a failure tell: its exception, its phase, the worker that died of it."""

import re
from functools import lru_cache

from diagnose.model import Phase

HEAD, TAIL = 48 << 10, 16 << 10
UNCUT = HEAD + TAIL
MOST_LINES = 1 << 16
PREFIX = re.compile(r"([A-Za-z_][\w.$\\]{0,200})(?::(?=\s|$)|\s*$)")
RAISED = re.compile(r"^E   +([A-Za-z_][\w.]{0,200})(?::(?=\s|$)|$)", re.MULTILINE)
SPOKEN = re.compile(r"failed on (setup|teardown) with \"(.*)", re.DOTALL)
CRASHED = re.compile(r"worker '([^']{1,100})' crashed while running ['\"]")
TYPE = re.compile(r"[A-Za-z_][\w.$\\:]{0,200}")


class Clipped:
    """A text that comes in pieces: its head and its tail are kept, however long it is."""

    __slots__ = ("_cut", "_cut_lines", "_head", "_room", "_tail")

    def __init__(self) -> None:
        self._head: list[str] = []
        self._room = HEAD
        self._tail = ""
        self._cut = self._cut_lines = 0

    def add(self, text: str) -> None:
        """Append a piece."""
        if self._room:
            self._head.append(text[: self._room])
            text, self._room = text[self._room :], max(0, self._room - len(text))
        if text:
            whole = self._tail + text
            gone, self._tail = whole[:-TAIL], whole[-TAIL:]
            self._cut += len(gone)
            self._cut_lines += gone.count("\n")

    def text(self) -> str:
        """Return what was kept; line ends stand for what was cut, so that lines can be counted."""
        head = "".join(self._head)
        if not self._cut:
            return head + self._tail
        note = f"[... {self._cut} characters left out ...]"
        return head + note + "\n" * min(self._cut_lines, MOST_LINES) + self._tail


def clip(text: str) -> str:
    """Cut the middle out of a huge text."""
    if len(text) <= UNCUT:
        return text
    clipped = Clipped()
    clipped.add(text)
    return clipped.text()


def first_line(text: str) -> str:
    """Return the first line that says something, or what pytest marks as the error."""
    marked = re.search(r"^E   +(\S.*)", text, re.MULTILINE)
    if marked:
        return marked[1].rstrip()
    return next((line.strip() for line in text[:HEAD].splitlines() if line.strip()), "")


def exception_name(message: str, text: str = "", stated: str = "") -> str:
    """Name the exception: as stated, else by the message's first words, else by pytest's E line."""
    if stated and TYPE.fullmatch(stated) and _is_class(stated):
        return stated
    spoken = SPOKEN.match(message)
    said = spoken[2] if spoken else message
    match = PREFIX.match(said.rstrip('"')[:400])
    if match and _is_class(match[1]):
        return match[1]
    if said.startswith("assert "):
        return "AssertionError"
    named = (found[1] for found in RAISED.finditer(text) if _is_class(found[1]))
    return next(named, "")


@lru_cache(1024)
def _is_class(name: str) -> bool:
    last = re.split(r"[.$\\:]+", name)[-1]
    # Such as socket.gaierror and socket.timeout, which were named before there was a custom.
    return last[:1].isupper() or (last != name and last.endswith(("error", "timeout")))


def crashed_worker(message: str) -> str:
    """Name the xdist worker that died, if that is what the message says."""
    match = CRASHED.search(message, 0, 1000) if "crashed while running" in message else None
    return match[1] if match else ""


def phase_of(message: str) -> Phase:
    """Tell from pytest's words where a test went wrong."""
    if crashed_worker(message):
        return "crash"
    if message.startswith("collection failure"):
        return "collect"
    if message.startswith(("failed on teardown with", "test teardown failure")):
        return "teardown"
    if message.startswith(("failed on setup with", "test setup failure")):
        return "setup"
    return "call"
