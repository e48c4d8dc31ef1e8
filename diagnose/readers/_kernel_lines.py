"""Lines of a log as messages of a kernel: whoever carried them, whatever they were put into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from diagnose.readers._clock import Wall
from diagnose.readers._kernel_prefix import KERNEL, Prefix, interleaved, take_off
from diagnose.readers._kernel_records import Records, Said
from diagnose.readers._kernel_wrapped import unwrap
from diagnose.readers._lines import Line

NO_BREAK = "\xa0"  # as blanks are where a web page or a word processor had the text
LONGEST = 1 << 12  # characters of a message: printk writes some thousand
BOOT = re.compile(r"Linux version |(?:-- )?(?:Reboot|Boot [0-9a-f]{32}) --")
BACK = 5.0  # seconds that CPUs may disagree about; more is another boot


class Message(NamedTuple):
    """One message: the line it begins in, its words without prefix, and its stamps.

    `quote` is a part of that physical line, `stamped` says whether the line had a prefix, `sure`
    whether one that only a kernel's lines have.
    """

    number: int
    text: str
    quote: str
    uptime: float | None = None
    wall: Wall | None = None
    program: str = ""
    stamped: bool = False
    sure: bool = False
    boot: int = 0


def messages(lines: Sequence[Line], *, ordered: bool = True) -> list[Message]:
    """Read the messages of some lines that follow each other; the oldest first, if in order."""
    records = Records()
    found: list[Message] = []
    whole = unwrap(lines)
    broken = {line.number: line.text for line in lines} if len(whole) < len(lines) else {}
    for line in whole:
        said = records.feed(line)
        if said is None:
            found += _plain(line, broken.get(line.number, line.text))
        elif said:
            found += map(_recorded, said)
    found += map(_recorded, records.end())
    return list(reversed_back(found)) if ordered and backwards(found) else found


def _recorded(said: Said) -> Message:
    line, text = said.line, said.text
    quote = text if text and text in line.text else line.text
    if said.wall or said.uptime is not None or said.program:
        sure = said.program in ("", KERNEL)
        prefix = Prefix(text, said.uptime, said.wall, said.program, stamped=True, sure=sure)
        return _message(line, quote, prefix)
    return _message(line, quote, take_off(text))


def _plain(line: Line, physical: str) -> Iterator[Message]:
    prefix = interleaved(take_off(line.text.replace(NO_BREAK, " ")))
    if prefix.wall is None and line.time is not None and prefix.program == KERNEL:
        # it looked like the stamp of a CI, and is the log's own
        prefix = prefix._replace(wall=Wall(line.time, 1e-3))
    if "#012" not in prefix.text:
        yield _message(line, _quote(prefix.text, physical), prefix)
        return
    for text in prefix.text.split("#012"):
        yield _message(line, _quote(text, physical), prefix._replace(text=text))


def _quote(text: str, physical: str) -> str:
    """Return what the file has of a text, for not every text stands there as it was said."""
    quote = text.strip()
    if quote and quote in physical:
        return quote
    return interleaved(take_off(physical)).text.strip() or physical


def _message(line: Line, quote: str, prefix: Prefix) -> Message:
    text, uptime, wall, program, stamped, sure = prefix
    text, quote = text[:LONGEST], quote[:LONGEST]
    return Message(line.number, text, quote, uptime, wall, program, stamped, sure)


def backwards(found: Sequence[Message]) -> bool:
    """Say whether the newest message comes first, by the stamps, else by the order of a report."""
    later = earlier = 0
    for first, second in pairwise(found):
        order = _order(first, second)
        later += order > 0
        earlier += order < 0
    if earlier > 2 and earlier > 8 * later:
        return True
    return not later and _upside_down(found)


def _order(first: Message, second: Message) -> float:
    if first.wall and second.wall:
        return second.wall.seconds - first.wall.seconds
    if first.uptime is not None and second.uptime is not None:
        return second.uptime - first.uptime
    return 0


def _upside_down(found: Sequence[Message]) -> bool:
    """Tell by what a report says first and last, where all its stamps are the same second."""
    last = None
    for message in found:
        if message.text.startswith(("Tasks state", "[  pid  ]", "[ pid ]", " <TASK>")):
            return last is not None
        if message.text.startswith(("oom-kill:", " </TASK>")):
            last = message
        elif "invoked oom-killer" in message.text:
            return False
    return False


def reversed_back(found: Sequence[Message]) -> Iterator[Message]:
    """Put the oldest message first; lines that continue a message stay behind it."""
    end = len(found)
    for start in range(len(found) - 1, -1, -1):
        if found[start].stamped or start == 0:
            yield from found[start:end]
            end = start


class Boots:
    """Numbers the boots of a log: another begins where the kernel says so, or uptime falls back.

    Parts of a backwards log are to be given newest first, and the messages of each oldest first.
    """

    def __init__(self, *, backwards: bool = False) -> None:
        self._backwards = backwards
        self._boot = 0
        self._uptime: float | None = None

    def number(self, found: Sequence[Message]) -> list[Message]:
        """Return the messages of the next part, each with its boot."""
        if self._backwards:
            return list(map(self._numbered, reversed(found)))[::-1]
        return list(map(self._numbered, found))

    def _numbered(self, message: Message) -> Message:
        uptime = message.uptime
        if uptime is not None:
            if self._uptime is not None and self._turned(uptime - self._uptime):
                self._boot += 1
            self._uptime = uptime
        elif BOOT.match(message.text):
            self._boot += 1
            self._uptime = None
        return message._replace(boot=self._boot) if self._boot else message

    def _turned(self, later: float) -> bool:
        return later > BACK if self._backwards else later < -BACK
