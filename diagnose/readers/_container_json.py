"""Pods, events and containers as JSON, from `kubectl` or `docker`."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from diagnose.model import Event, Problem, Source
from diagnose.readers._container_facts import ANY_OF_THEM, Ended, happened, reported

_TERMINATED = re.compile(r'(?<!\\)"terminated"\s{0,9}:\s{0,9}(\{[^{}]{0,4000}\})')
STATUSES = ("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
Document = dict[str, Any]


def events(text: str, path: str) -> Iterator[Event | Problem]:
    """Yield what one JSON document after another says."""
    decoder, at = json.JSONDecoder(), 0
    starts = [match.end() for match in re.finditer("\n", text)]
    while found := re.compile(r"[\s,]*(?=[\[{])").match(text, at):
        at = found.end()
        try:
            document, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        yield from _Pages(text, at, end, path, starts).events(document)
        at = end
    if text[at:].strip():
        line = 1 + bisect_right(starts, at)
        yield from _torn(text, at, path, starts)
        yield Problem(Source(path, line), "breaks off, or is no JSON from here on")


def _torn(text: str, at: int, path: str, starts: list[int]) -> Iterator[Event]:
    """Yield the ends of containers that are whole themselves."""
    for match in _TERMINATED.finditer(text, at):
        try:
            said = json.loads(match[1])
        except (ValueError, RecursionError):
            continue
        source = Source(path, 1 + bisect_right(starts, match.start()))
        if event := _ended(said, source, match[0], {}).event():
            yield event


class _Pages:
    """A document, and where in the file its parts stand."""

    def __init__(self, text: str, start: int, end: int, path: str, starts: list[int]) -> None:
        self.text = text
        self.start, self.end = start, end
        self.path = path
        self.starts = starts
        self.places: dict[tuple[int, str], int] = {}

    def events(self, document: object) -> Iterator[Event]:
        """Yield what the document says, of all the objects in it that are known."""
        members = list(_members(document))
        for key in ("terminated", "waiting", "State", "message", "Action"):
            self._find([said for said, name in members if name == key], key)
        objects = {id(said): said for said, _ in members}.values()
        for said in objects:
            if "involvedObject" in said or said.get("kind") == "Event":
                yield from self._reported(said)
            elif isinstance(said.get("State"), dict) and "OOMKilled" in said["State"]:
                yield from self._inspected(said)
            elif said.get("Type") == "container" and isinstance(said.get("Action"), str):
                yield from self._docker_event(said)
            elif isinstance(said.get("status"), dict) and isinstance(said.get("spec"), dict):
                yield from self._pod(said)

    def _find(self, having: list[Document], key: str) -> None:
        """Pair the places of a key in the text with the objects that have it; both are in order."""
        pattern = re.compile(rf'(?<!\\)"{key}"\s{{0,9}}:')
        places = [match.start() for match in pattern.finditer(self.text, self.start, self.end)]
        if len(places) == len(having):
            pairs = zip(having, places, strict=True)
            self.places |= {(id(said), key): at for said, at in pairs}

    def _quote(self, said: Document, key: str) -> tuple[Source, str]:
        at = self.places.get((id(said), key))
        if at is None:
            return Source(self.path), ""
        last = "\n" if key == "message" else "}"
        whole, found, _ = self.text[at : min(at + 1000, self.end)].partition(last)
        return Source(self.path, 1 + bisect_right(self.starts, at)), whole + found.strip()

    def _pod(self, pod: Document) -> Iterator[Event]:
        status = pod["status"]
        name = _text(_dict(pod, "metadata").get("name"))
        if status.get("reason") == "Evicted":
            source, text = self._quote(status, "message")
            said = {"pod": name, "reason": "Evicted", "message": _text(status.get("message"))}
            yield happened("container.evicted", source, text, "", said)
        limits = {
            _text(each.get("name")): _text(_dict(_dict(each, "resources"), "limits").get("memory"))
            for each in _dicts(pod["spec"].get("containers"))
        }
        for each in (each for key in STATUSES for each in _dicts(status.get(key))):
            container = _text(each.get("name"))
            names = {
                "container": container,
                "pod": name,
                "limit": limits.get(container, ""),
                "restarts": _text(each.get("restartCount")),
            }
            yield from self._container(each, names)

    def _container(self, status: Document, names: Mapping[str, str]) -> Iterator[Event]:
        for state in (_dict(status, "lastState"), _dict(status, "state")):
            if isinstance(state.get("terminated"), dict):
                source, text = self._quote(state, "terminated")
                event = _ended(state["terminated"], source, text, names).event()
            elif isinstance(state.get("waiting"), dict):
                source, text = self._quote(state, "waiting")
                said = {**names, "reason": _text(state["waiting"].get("reason"))}
                event = reported(source, text, "", said)
            else:
                continue
            if event:
                yield event

    def _reported(self, said: Document) -> Iterator[Event]:
        source, text = self._quote(said, "message")
        about = _dict(said, "involvedObject")
        times = ("lastTimestamp", "eventTime", "firstTimestamp")
        details = {
            "reason": _text(said.get("reason")),
            "type": _text(said.get("type")),
            "object": "/".join(filter(None, (_text(about.get("kind")), _text(about.get("name"))))),
            "count": _text(said.get("count")),
            "message": _text(said.get("message")),
        }
        at = next((_text(said[key]) for key in times if said.get(key)), "")
        if event := reported(source, text, at, details):
            yield event

    def _inspected(self, said: Document) -> Iterator[Event]:
        state = said["State"]
        source, text = self._quote(said, "State")
        memory = _dict(said, "HostConfig").get("Memory")
        finished = _text(state.get("FinishedAt"))
        ended = Ended(
            source,
            text,
            code="" if state.get("Running") is True else _text(state.get("ExitCode")),
            finished="" if finished.startswith("0001-") else finished,
            oom=state["OOMKilled"] is True,
            note=ANY_OF_THEM if state["OOMKilled"] is True else "",
            names={
                "container": _text(said.get("Name")).lstrip("/"),
                "limit": _text(memory) if memory else "",
            },
        )
        if event := ended.event():
            yield event

    def _docker_event(self, said: Document) -> Iterator[Event]:
        source, text = self._quote(said, "Action")
        about = _dict(_dict(said, "Actor"), "Attributes")
        names = {"container": _text(about.get("name"))}
        code = _text(about.get("exitCode"))
        oom = said["Action"] == "oom"
        event = Ended(source, text, code, said["Action"], oom=oom, names=names).event()
        if event and said["Action"] in ("oom", "die"):
            yield event


def _ended(said: Document, source: Source, text: str, names: Mapping[str, str]) -> Ended:
    return Ended(
        source,
        text,
        code=_text(said.get("exitCode")),
        reason=_text(said.get("reason")),
        finished=_text(said.get("finishedAt")),
        names=names,
    )


def _members(document: object) -> Iterator[tuple[Document, str]]:
    """Yield each object with each of its keys, in the order in which they stand in the text."""
    left: list[tuple[Document, str, object]] = [({}, "", document)]
    while left:
        said, key, value = left.pop()
        if key:
            yield said, key
        if isinstance(value, dict):
            left.extend((value, name, part) for name, part in reversed(value.items()))
        elif isinstance(value, list):
            left.extend(({}, "", part) for part in reversed(value))


def _dict(said: Mapping[str, Any], key: str) -> Document:
    value = said.get(key)
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Document]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    text = str(value) if isinstance(value, (str, int)) else ""
    return text.encode("utf-8", "replace").decode("utf-8")  # an escaped surrogate can't be written
