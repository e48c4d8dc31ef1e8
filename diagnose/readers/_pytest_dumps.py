"""Stacks that faulthandler and pytest-timeout print when a process dies or hangs."""

import re

from diagnose.model import Event, Source
from diagnose.readers._lines import Line

BEGINS = re.compile(
    r"(?P<fatal>Fatal Python error: .{1,200}|Windows fatal exception: .{1,200}"
    r"|Timeout \(\d+:\d\d:\d\d(?:\.\d+)?\)!)$"
)
TIMEOUT = re.compile(r"\+{3,} Timeout \+{3,}\s*$")
THREAD = re.compile(
    r"(?:Current thread|Thread) 0x[0-9a-fA-F]+.{0,80}\(most recent call first\):|~+ Stack of .+ ~+$"
)
FRAME = re.compile(r'  File "([^"]{1,1000})", line (\d+),? in (.{1,300})$')
OURS = re.compile(r"[\\/](?:site-packages|_pytest|pluggy)[\\/]")
RUNS_THE_TEST = "pytest_pyfunc_call"
LONGEST = 20_000  # lines of one dump
MOST_BLANK = 3


class Dump:
    """A dump that is being read; it ends with the first line that is no part of one."""

    def __init__(self, line: Line, fatal: str, *, timeout: bool) -> None:
        self.line = line
        self.fatal = fatal
        self.timeout = timeout
        self._taken = self._blank = 0
        self._place = ("", "")
        self._first: tuple[str, str] | None = None
        self._test: tuple[str, str] | None = None
        self._current = False

    def take(self, line: Line) -> bool:
        """Read a line, and say whether it was one of this dump."""
        text = line.text
        self._taken += 1
        if self._taken > LONGEST:
            return False
        if not text.strip():
            self._blank += 1
            return self._blank <= MOST_BLANK
        self._blank = 0
        if match := FRAME.match(text):
            self._frame(match[1], match[3])
            return True
        if THREAD.match(text):
            self._thread(text)
            return True
        if text.startswith("Extension modules: "):
            return True
        return text.startswith("  ") and (self.timeout or text.lstrip().startswith(("<", "...")))

    def event(self, path: str, rootdir: str) -> Event:
        """Tell what died or hung, and in which function."""
        details = {"fatal": self.fatal} if self.fatal else {}
        if self._first:
            details["function"] = self._first[1]
        test = ""
        if self._test:
            file = self._test[0].replace("\\", "/")
            root = rootdir.replace("\\", "/").rstrip("/") + "/"
            test = f"{file.removeprefix(root)}::{self._test[1]}"
        kind = "timeout_dump" if self.timeout else "faulthandler"
        text = self.fatal or self.line.text.strip()
        source = Source(path, self.line.number)
        return Event(kind, text, source, self.line.time, test=test, details=details)

    def _thread(self, text: str) -> None:
        self._current = text.startswith("Current") or "MainThread" in text
        if self._current:
            self._first = None
        self._place = ("", "")

    def _frame(self, file: str, function: str) -> None:
        if self.timeout:  # outermost first: the frame that follows pytest's is the test's
            if self._place[1] == RUNS_THE_TEST and not OURS.search(file):
                self._test = (file, function)
            self._first = (file, function)
        else:
            if self._first is None:
                self._first = (file, function)
            if function == RUNS_THE_TEST and self._place[0] and not OURS.search(self._place[0]):
                self._test = self._place
        self._place = (file, function)


def begins(line: Line) -> Dump | None:
    """Return a dump if one begins on this line, maybe behind dots of progress."""
    text = line.text
    if "Timeout" in text and (match := TIMEOUT.search(text)):
        return Dump(line, "", timeout=True)
    if ("atal " in text or "Timeout (" in text) and (match := BEGINS.search(text)):
        return Dump(line, match["fatal"], timeout=False)
    return None


def closes(line: Line) -> bool:
    """Say whether pytest-timeout's dump ends here."""
    return "Timeout" in line.text and bool(TIMEOUT.search(line.text))
