"""The stages a session goes through; each takes the lines that are its own."""

import re
from typing import Protocol

from diagnose.model import Event, Problem, Record, Source
from diagnose.readers import _pytest_dumps as dumps
from diagnose.readers import _pytest_summary as lists
from diagnose.readers._lines import Line
from diagnose.readers._pytest_session import Draft

Ready = list[Record | Problem]
INTERNAL = "INTERNALERROR>"
WORKER = re.compile(
    r"\[(?P<down>gw\d{1,5})\] node down: (?P<reason>.{0,500})"
    r"|[Rr]eplacing crashed (?:worker|slave) (?P<replaced>gw\d{1,5})"
    r"|(?P<stop>worker (?P<last>gw\d{1,5}) crashed and worker restarting disabled"
    r"|[Mm]aximum crashed (?:workers|slaves) reached: \d+)"
)
INNOCENT = "keyboard-interrupt"
# A runner that fails after its last test dies of an ordinary traceback, in frames of its own.
FRAME = re.compile(r' {2}File "(?P<path>[^"]{1,500})", line \d+')
OF_RUNNER = re.compile(r"[\\/](?:_pytest|xdist|execnet)[\\/]")
DIED_OF = re.compile(r"(?:[A-Za-z_]\w{0,60}\.){0,6}[A-Z]\w{0,60}(?:Error|Exception)\b")


class Stage(Protocol):
    """A part of a session."""

    def take(self, line: Line) -> bool:
        """Read a line, and say whether it belongs here."""

    def quotes(self, title: str) -> bool:
        """Say whether a rule is quoted by a test, and so is none of the session's own."""

    def close(self) -> None:
        """Say what is still held back."""


class Quiet:
    """What is printed and says nothing of failures: output of passed tests, coverage."""

    def take(self, line: Line) -> bool:
        """Leave the line to others."""
        del line
        return False

    def quotes(self, title: str) -> bool:
        """Quote nothing."""
        del title
        return False

    def close(self) -> None:
        """Hold nothing back."""


class Running(Quiet):
    """The header of a session, and its progress."""

    def __init__(self, draft: Draft, path: str, ready: Ready) -> None:
        self._draft = draft
        self._progressed = draft.progress.take
        self._path = path
        self._ready = ready
        self._dump: dumps.Dump | None = None
        self._internal: Line | None = None
        self._in_runner = False

    def take(self, line: Line) -> bool:
        """Read progress first, for nearly every line is that."""
        if self._dump is not None and self._dumped(line):
            return True
        if self._progressed(line):
            return True
        text = line.text
        if not text:
            return True
        if text.startswith(INTERNAL):
            if text[len(INTERNAL) :].strip():
                self._internal = line
            return True
        if self._draft.header(line) or self._begins_dump(line) or self._worker(line):
            return True
        return self._died(line)

    def close(self) -> None:
        """Give the dump and the internal error that were being read."""
        if self._dump is not None:
            root = self._draft.details.get("rootdir", "")
            self._ready.append(self._dump.event(self._path, root))
            self._dump = None
        if self._internal is not None:
            line, self._internal = self._internal, None
            text = line.text.removeprefix(INTERNAL).strip()
            source = Source(self._path, line.number)
            self._ready.append(Event("internal_error", text, source, line.time))

    def _died(self, line: Line) -> bool:
        """Keep what ends a traceback whose last frame is the runner's own."""
        if frame := FRAME.match(line.text):
            self._in_runner = bool(OF_RUNNER.search(frame["path"]))
        elif self._in_runner and not line.text[0].isspace():
            self._in_runner = False
            if DIED_OF.match(line.text):
                self._internal = line
                return True
        return False

    def _dumped(self, line: Line) -> bool:
        dump = self._dump
        if dump is None or dump.take(line):
            return True
        ends = dump.timeout and dumps.closes(line)
        self.close()
        return ends

    def _begins_dump(self, line: Line) -> bool:
        dump = dumps.begins(line)
        if dump:
            self.close()
            self._dump = dump
        return dump is not None

    def _worker(self, line: Line) -> bool:
        text = line.text
        if "crashed" not in text and "node down" not in text:
            return False
        match = WORKER.search(text[-4096:])
        if not match:
            return False
        kind = "worker_down"
        if match["replaced"]:
            kind = "worker_replaced"
            self._draft.replaced += 1
        elif match["stop"]:
            kind = "max_worker_restart"
            self._draft.stopped = self._draft.stopped or match["stop"]
        worker = match["down"] or match["replaced"] or match["last"] or ""
        reason = (match["reason"] or "").strip()
        if reason and reason != INNOCENT:
            self._draft.progress.down.add(worker)
            self._draft.progress.died.add(worker)
        if reason != INNOCENT:
            source = Source(self._path, line.number)
            details = {"reason": reason} if reason else {}
            self._ready.append(
                Event(kind, match[0].strip(), source, line.time, worker=worker, details=details)
            )
        return True


class Warned(Quiet):
    """The warnings summary."""

    def __init__(self, path: str, ready: Ready) -> None:
        self._warnings = lists.Warnings(path)
        self._ready = ready

    def take(self, line: Line) -> bool:
        """Read a line; each warning is an event."""
        if event := self._warnings.take(line):
            self._ready.append(event)
        return True

    def close(self) -> None:
        """Give the last warning."""
        if event := self._warnings.close():
            self._ready.append(event)


class Timed(Quiet):
    """The list of the slowest tests."""

    def __init__(self, draft: Draft) -> None:
        self._known = draft.durations

    def take(self, line: Line) -> bool:
        """Add up setup, call and teardown of a test."""
        entry = lists.duration(line.text)
        if entry:
            nodeid, seconds = entry
            self._known[nodeid] = self._known.get(nodeid, 0.0) + seconds
        return entry is not None


class Summed(Quiet):
    """The short summary."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def take(self, line: Line) -> bool:
        """Keep the failed tests it names."""
        entry = lists.listed(line)
        if entry:
            word, rest, _ = entry
            self._draft.summary.append(entry)
            if word == "SUBFAILED":
                self._draft.subfailures[rest.partition(" - ")[0]] += 1
        return entry is not None
