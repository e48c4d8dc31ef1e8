"""Pods and events as text: `kubectl describe`, YAML, tables, `docker events`, control groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from diagnose.model import Event, Source
from diagnose.readers._container_facts import Ended, counters, happened, reported
from diagnose.readers._lines import Line

_KEY = re.compile(r"( {0,60})((?:- )*)([A-Za-z][\w./ -]{0,60}?):(?: +(.*?))? *$")
_TABLE = re.compile(
    r" *(?:NAMESPACE +)?LAST SEEN +.*\bREASON +.*\bMESSAGE|  Type +Reason +Age +From"
)
_DOCKER = re.compile(
    r"(?P<at>\S{19,40} )?container (?P<what>oom|die|kill) (?P<id>[0-9a-f]{12,64})"
    r"(?: \((?P<more>.*)\))?$"
)
_ATTRIBUTE = re.compile(r"(exitCode|name|signal)=([^,)]{1,200})")
_COUNTER = re.compile(r"(?P<path>[^\s:]{1,400}:)?(?P<key>[a-z_]{1,40}) (?P<number>\d{1,20})$")
_V2 = ("low", "high", "max", "oom")
_V1 = ("oom_kill_disable", "under_oom")
_GROUP = re.compile(r"==> (\S{1,400}) <==$")
SPACES = re.compile(r" {2,}|\t+")
MOST_LINES = 40
LISTS = ("containers", "containerstatuses")


def described(lines: Iterator[Line], path: str) -> Iterator[Event]:
    """Yield what `kubectl describe` or `kubectl get -o yaml` says, by its indentation."""
    pod = _Pod(path)
    header: list[str] = []
    for line in lines:
        if _TABLE.match(line.text):
            header = SPACES.split(line.text.strip().lower())
            continue
        if header and line.text[:1] in (" ", "") and not _KEY.fullmatch(line.text):
            row = dict(zip(header, SPACES.split(line.text.strip(), len(header) - 1), strict=False))
            yield from _row(line, row, path)
            continue
        header = []
        yield from pod.take(line)
    yield from pod.close()


def tabled(lines: Iterator[Line], path: str) -> Iterator[Event]:
    """Yield the rows of `kubectl get events` that matter."""
    header: list[str] = []
    for line in lines:
        if _TABLE.match(line.text):
            header = SPACES.split(line.text.strip().lower())
        elif header:
            cells = SPACES.split(line.text.strip(), len(header) - 1)
            yield from _row(line, dict(zip(header, cells, strict=False)), path)


def _row(line: Line, row: dict[str, str], path: str) -> Iterator[Event]:
    details = {key: row.get(key, "") for key in ("reason", "type", "object", "from", "message")}
    details["last_seen"] = row.get("last seen", row.get("age", ""))
    if event := reported(Source(path, line.number), line.text, "", details):
        yield event


def docker_events(lines: Iterator[Line], path: str) -> Iterator[Event]:
    """Yield the deaths that `docker events` tells of."""
    for line in lines:
        match = _DOCKER.match(line.text)
        if not match:
            continue
        said = dict(_ATTRIBUTE.findall((match["more"] or "")[:20_000]))
        names = {"container": said.get("name", match["id"]), "signal": said.get("signal", "")}
        at = (match["at"] or "").strip()
        source = Source(path, line.number)
        if match["what"] == "kill":
            yield happened("container.event", source, line.text, at, {**names, "reason": "kill"})
            continue
        oom = match["what"] == "oom"
        code = said.get("exitCode", "")
        event = Ended(source, line.text, code, match["what"], at, oom, names=names).event()
        if event:
            yield event


def control_groups(lines: Iterator[Line], path: str) -> Iterator[Event]:
    """Yield each set of memory counters: lines that follow each other, from the kernel's first."""
    group = ""
    rows: list[tuple[Line, re.Match[str]]] = []
    for line in lines:
        match = _COUNTER.match(line.text)
        begins = match and match["key"] in ("low", "oom_kill_disable")
        if not match or begins or len(rows) >= MOST_LINES:
            yield from _counted(rows, group, path)
            rows = []
        if found := _GROUP.match(line.text):
            group = found[1]
        if match and (rows or begins):
            rows.append((line, match))
    yield from _counted(rows, group, path)


def _counted(rows: list[tuple[Line, re.Match[str]]], group: str, path: str) -> Iterator[Event]:
    said = {match["key"]: match["number"] for _, match in rows}
    if all(key in said for key in _V2) or all(key in said for key in _V1):
        first, match = rows[0]
        text = "\n".join(line.text for line, _ in rows)
        where = (match["path"] or "").rstrip(":") or group
        yield counters(Source(path, first.number), text, {"cgroup": where, **said})


@dataclass
class _State:
    """The block below `State:` or `terminated:`, as it stands."""

    line: Line
    indent: int
    keys: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class _Pod:
    """Follows a pod's description: which container ends where, how, and under what limit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = self.container = self._limit = ""
        self.limits: dict[str, str] = {}
        self._way: list[tuple[int, str]] = []
        self._state: _State | None = None
        self._ended: list[_State] = []
        self._top: dict[str, str] = {}
        self._top_line: Line | None = None

    def take(self, line: Line) -> Iterator[Event]:
        """Take the next line, and yield what it brings to an end."""
        match = _KEY.match(line.text)
        if not match:
            self._keep(line, 61)
            return
        indent = len(match[1])
        inner = indent + len(match[2])
        self._keep(line, inner)
        if match[2]:
            yield from self._item(indent)
        while self._way and self._way[-1][0] >= inner:
            self._way.pop()
        key, value = match[3], (match[4] or "").strip("\"'")
        self._way.append((inner, key))
        yield from self._learn(line, key, value)

    def _keep(self, line: Line, indent: int) -> None:
        state = self._state
        if state and indent > state.indent:
            if len(state.texts) < MOST_LINES:
                state.texts.append(line.text)
        else:
            self._state = None

    def _item(self, indent: int) -> Iterator[Event]:
        """Begin an item of a YAML list: a container, or another pod."""
        outer = [key for at, key in self._way if at <= indent]
        if outer[-1:] == ["items"]:
            yield from self.close()
            self.name, self.limits = "", {}
        elif outer and outer[-1].lower().endswith(LISTS):
            yield from self._flush()

    def _learn(self, line: Line, key: str, value: str) -> Iterator[Event]:
        keys = [name for _, name in self._way if name != "items"]
        if len(keys) <= 1:
            yield from self._top_key(line, key, value)
        elif keys == ["metadata", "name"]:
            self.name = value
        elif keys in (["status", "reason"], ["status", "message"]):
            self._top[keys[1]] = value
            self._top_line = line
        elif keys == ["involvedObject", "name"]:
            self._top["object"] = value
        elif keys[-1] == "name" and keys[-2].lower().endswith(LISTS):
            self.container = value
        elif keys[0] == "Containers" and len(keys) == 2 and not value:
            yield from self._flush()
            self.container = key
        elif keys[-2:] in (["limits", "memory"], ["Limits", "memory"]):
            self._limit = value
        elif self._begins_state(keys, value):
            self._begin(line)
        elif self._state:
            self._state.keys[key.replace(" ", "").lower()] = value

    def _begins_state(self, keys: list[str], value: str) -> bool:
        """Say whether a container's end begins; in a text within a note it would be elsewhere."""
        if keys[-1] in ("State", "Last State"):
            return value == "Terminated"
        outer = keys[0] == "status" and keys[-2] in ("state", "lastState")
        return keys[-1] == "terminated" and len(keys) == 4 and outer

    def _begin(self, line: Line) -> None:
        self._state = _State(line, self._way[-1][0], texts=[line.text])
        self._ended.append(self._state)

    def _top_key(self, line: Line, key: str, value: str) -> Iterator[Event]:
        if key == "Name":
            yield from self.close()
            self.name, self.limits, self._top = value, {}, {}
        elif key in ("State", "Last State"):
            if value == "Terminated":
                self._begin(line)
        elif key.lower() in ("reason", "message", "type", "lasttimestamp"):
            self._top[key.lower()] = value
            if key.lower() in ("reason", "message"):
                self._top_line = line
        elif not value:
            yield from self._flush()

    def _flush(self) -> Iterator[Event]:
        """Yield the ends of the container that is over."""
        if self._limit:
            self.limits[self.container], self._limit = self._limit, ""
        for state in self._ended:
            said = state.keys
            names = {"container": self.container, "pod": self.name}
            ended = Ended(
                Source(self.path, state.line.number),
                "\n".join(state.texts).rstrip("\n"),
                said.get("exitcode", ""),
                said.get("reason", ""),
                said.get("finishedat", said.get("finished", "")),
                names={**names, "limit": self.limits.get(self.container, "")},
            )
            if event := ended.event():
                yield event
        self._ended, self._state, self.container = [], None, ""

    def close(self) -> Iterator[Event]:
        """Yield what is left of the pod, or the event that it was."""
        yield from self._flush()
        top, line = self._top, self._top_line
        if line and top.get("reason"):
            source = Source(self.path, line.number)
            keys = ("reason", "message", "type", "object")
            details = {key: top[key] for key in keys if key in top}
            if "object" not in top:
                details["pod"] = self.name
            if event := reported(source, line.text, top.get("lasttimestamp", ""), details):
                yield event
        self._top, self._top_line = {}, None
