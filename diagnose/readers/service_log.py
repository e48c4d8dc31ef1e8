"""Log of the service under test: its errors, the requests it refused, its starts and stops."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from diagnose.model import Event, Problem, Source
from diagnose.readers._file import File
from diagnose.readers._lines import Line, lines
from diagnose.readers._service_gauges import Gauges
from diagnose.readers._service_lines import Said, moment, say, telling
from diagnose.readers._service_traces import Trace, raised

WHOLE = False
SAMPLE = 1 << 16
MOST_TEXT, MOST_LINES = 1 << 13, 200  # what is kept of a traceback
FIRST, LAST = {"service.warning": 200}, {"service.warning": 50}
FIRST_OF_ANY, LAST_OF_ANY = 2000, 500
REJECTED = (408, 429)

_FOREIGN = re.compile(
    r"=+ test session starts =+|\S+::\S+ (?:PASSED|FAILED|ERROR)|\[gw\d+\]|\"\$report_type\""
    r"|.{0,80} kernel: |(?:<\d+>)?\[ *\d+\.\d{6}\]|-+ live log "
)
_STARTS = re.compile(
    r"listening (?:on|at)\b|running on (?:http|unix)|startup complete|tomcat started on"
    r"|started \S{1,80} in [\d.]+ seconds|ready (?:to accept|for) connections|server initialized"
    r"|booting worker|starting gunicorn|server started|started server|start worker process"
)
_STOPS = re.compile(
    r"received sig|handling signal|received \w{1,20} shutdown request|shutting down"
    r"|shutdown complete|is shut down|finished server process|received shutdown"
    r"|signal \d+ \(sig\w+\) received"
    r"|requested shutdown|ready to exit|exited on signal|terminated by signal|worker exiting"
    r"|worker \(pid:\d+\) was sent sig|worker timeout"
)
# One of these is in whatever the two above can match: a search for it costs a tenth.
_HINTS = (
    "listen",
    "start",
    "running on",
    "ready",
    "booting",
    "initialized",
    "shut",
    "sig",
    "finish",
)
_INFLIGHT = re.compile(r"in_?flight\"?[=:] ?(\d{1,9})")


def recognises(block: bytes) -> bool:
    """Say whether most lines have a time and a level, or are of an access log."""
    seen = told = 0
    trace = Trace()
    for line in lines(File.of(block[:SAMPLE])):
        if _FOREIGN.match(line.text):
            return False
        said = say(line.text, line.time is not None)
        if said is None and (trace.goes_on(line.text) or line.text.startswith("----")):
            continue
        seen += 1
        told += telling(line, said)
    return told * 2 > seen


def read(file: File) -> Iterator[Event | Problem]:
    """Yield what may matter of a service's log, and one summary of all of it."""
    log = _Log(file.path)
    try:
        for line in lines(file):
            yield from log.take(line)
    except OSError as error:
        yield from log.close()
        yield Problem(Source(file.path), f"could not be read to its end: {error}")
    else:
        yield from log.close()
    yield from log.rest()
    yield from log.gauges.events(file.path)
    if log.count:
        yield log.summary()


@dataclass
class _Entry:
    """An entry of the log that may go on in the lines below."""

    kind: str
    line: Line
    said: Said
    trace: Trace = field(default_factory=Trace)
    texts: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, text: str) -> None:
        """Keep a line, while there are not too many."""
        if self.size < MOST_TEXT and len(self.texts) < MOST_LINES:
            self.texts.append(text)
            self.size += len(text)

    def event(self, path: str) -> Event:
        """Return what happened."""
        time, zoned = moment(self.said.stamp) if self.said.stamp else (None, True)
        details = {
            "level": self.said.word,
            "exception": self.trace.exception or raised(self.said.trace),
            "logger": self.said.logger,
            "status": str(self.said.status or ""),
            "method": self.said.method,
            "path": self.said.path,
            "seconds": self.said.seconds,
            "zone": "" if zoned or time is None else "assumed",
        }
        return Event(
            self.kind,
            "\n".join(self.texts).rstrip("\n"),
            Source(path, self.line.number),
            self.line.time if time is None else time,
            details={key: value for key, value in details.items() if value},
        )


class _Log:
    """Joins lines to entries, keeps the first and last of a kind, and counts all."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = self.requests = self.inflight = 0
        self.levels: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.kinds: Counter[str] = Counter()
        self.first = self.last = ""
        self.stamped: list[float] = []
        self.gauges = Gauges()
        self._open: _Entry | None = None
        self._late: dict[str, deque[Event]] = {}

    def take(self, line: Line) -> Iterator[Event]:
        """Take the next line, and yield the entry that it ends."""
        self.count += 1
        if line.time is not None:
            self.stamped = [self.stamped[0] if self.stamped else line.time, line.time]
        text = line.text
        self.gauges.take(text, line.number)
        said = say(text, line.time is not None)
        if self._open and self._open.trace.open and self._belongs(said, text):
            return
        if said:
            self._tally(said, text)
        kind = _kind(said, text)
        if not kind and self._belongs(said, text):
            return
        yield from self.close()
        trace = Trace()
        if not said and trace.begins(text):
            kind = "service.error"
        if kind:
            self._open = _Entry(kind, line, said or Said(), trace)
            self._open.add(text)

    def _belongs(self, said: Said | None, text: str) -> bool:
        entry = self._open
        if not entry or entry.texts[0].startswith("{") or (said and text[:1] not in " \t"):
            return False
        if not entry.trace.goes_on(text):
            return False
        if entry.trace.open and entry.kind not in ("service.error", "service.5xx"):
            entry.kind = "service.error"
        entry.add(text)
        return True

    def _tally(self, said: Said, text: str) -> None:
        if said.level:
            self.levels[said.level] += 1
        if said.status:
            self.statuses[said.status] += 1
            self.requests += 1
        if said.stamp:
            self.first = self.first or said.stamp
            self.last = said.stamp
        if "flight" in text and (found := _INFLIGHT.search(text)):
            self.inflight = max(self.inflight, int(found[1]))

    def close(self) -> Iterator[Event]:
        """Yield the open entry, unless there have been too many like it."""
        entry, self._open = self._open, None
        if not entry:
            return
        kind = entry.kind
        self.kinds[kind] += 1
        if self.kinds[kind] <= FIRST.get(kind, FIRST_OF_ANY):
            yield entry.event(self.path)
        else:
            most = LAST.get(kind, LAST_OF_ANY)
            late = self._late.setdefault(kind, deque(maxlen=most))
            late.append(entry.event(self.path))

    def rest(self) -> Iterator[Event]:
        """Yield the last ones of each kind that had too many."""
        late = [event for events in self._late.values() for event in events]
        yield from sorted(late, key=lambda event: event.source.line)

    def summary(self) -> Event:
        """Return what can be said of the log as a whole."""
        first, zoned = moment(self.first)
        last, _ = moment(self.last)
        if first is None and self.stamped:
            (first, last), zoned = self.stamped, True
        left = {
            kind: number - FIRST.get(kind, FIRST_OF_ANY) - len(self._late[kind])
            for kind, number in self.kinds.items()
            if kind in self._late
        }
        details = {
            "first": "" if first is None else f"{first:.3f}",
            "last": "" if last is None else f"{last:.3f}",
            "zone": "" if zoned or first is None else "assumed",
            "lines": str(self.count),
            "requests": str(self.requests or ""),
            "max_inflight": str(self.inflight or ""),
            "levels": _counts(self.levels),
            "statuses": _counts(self.statuses),
            "left_out": _counts({kind: number for kind, number in left.items() if number}),
        }
        said = {key: value for key, value in details.items() if value}
        text = ", ".join(f"{key} {said[key]}" for key in said if key in ("lines", "requests"))
        return Event("service.summary", text, Source(self.path), last, details=said)


def _kind(said: Said | None, text: str) -> str:
    if said and said.status >= 500:
        return "service.5xx"
    if said and said.status in REJECTED:
        return "service.rejected"
    if said and said.level in ("error", "fatal"):
        return "service.error"
    if not (said and said.method):
        low = text[:400].lower()
        if any(hint in low for hint in _HINTS):
            if _STOPS.search(low):
                return "service.stop"
            if _STARTS.search(low):
                return "service.start"
    return "service.warning" if said and said.level == "warning" else ""


def _counts(counts: "dict[str, int] | Counter[int] | Counter[str]") -> str:
    return " ".join(f"{key}={number}" for key, number in sorted(counts.items()))
