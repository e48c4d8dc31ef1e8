"""What tests wrote, as JUnit XML has it: several streams in one, each with its headline."""

import re
from collections.abc import Iterator
from typing import Any, cast

from diagnose.model import Captured, Source
from diagnose.packed import Part
from diagnose.readers._junit_plain import CODE, Child, is_blank

STREAMS = {"system-out": "stdout", "system-err": "stderr"}
HEAD = r"^-{10,40} Captured (Log|Out|Err) -{10,40}$"
SECTION = re.compile(HEAD, re.MULTILINE)
PACKED_SECTION = re.compile(HEAD.encode(), re.MULTILINE)
SECTIONS = {"Log": "log", "Out": "stdout", "Err": "stderr"}
SECTIONS_OF_BYTES = {word.encode(): stream for word, stream in SECTIONS.items()}


def captured(child: Child, path: str, *, several: bool) -> Iterator[Captured]:
    """Read a `<system-out>` or `<system-err>`; pytest puts `several` streams into one."""
    if child.tag not in STREAMS:
        return
    said = child.said
    if not child.headed:
        if said:
            yield Captured(STREAMS[child.tag], cast(str, said), Source(path, child.line))
        return
    if isinstance(said, Part) and CODE in said.data():
        said = said.text()
    line, before = child.line, 0
    for stream, start, end in _sections(said, STREAMS[child.tag], several=several):
        piece = said[start:end] if isinstance(said, str) else said.cut(start, end)
        if not child.folded:
            line += _line_ends(said, before, start)
        before = start
        if piece.strip() if isinstance(piece, str) else not is_blank(piece.data()):
            source = Source(path, line)
            yield Captured(stream, cast(str, piece), source, folded=child.folded)


def _line_ends(said: str | Part, start: int, end: int) -> int:
    if isinstance(said, str):
        return said.count("\n", start, end)
    return said.data().count(b"\n", start, end)


def _sections(said: str | Part, stream: str, *, several: bool) -> Iterator[tuple[str, int, int]]:
    """Yield which stream is where."""
    text: Any = said if isinstance(said, str) else said.data()  # the same can be asked of both
    section: Any = SECTION if isinstance(said, str) else PACKED_SECTION
    streams: Any = SECTIONS if isinstance(said, str) else SECTIONS_OF_BYTES
    heads = list(section.finditer(text)) if several else []
    ends = [head.start() for head in heads] + [len(text)]
    yield stream, 0, ends[0]
    for head, end in zip(heads, ends[1:], strict=True):
        yield streams[head[1]], min(head.end() + 1, end), end
