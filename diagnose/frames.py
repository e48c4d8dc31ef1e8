"""The traceback in a failure's text: what was raised, where, and in whose code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Owner = Literal["test", "fixture", "product", "library", "python"]

LIBRARY = re.compile(
    r"(?:^|/)(?:site-packages|dist-packages|_vendor|vendor|vendored|third_party|\.tox|\.nox"
    r"|_pytest|\.eggs|[^/]+\.egg)/"
)
PYTHON = re.compile(
    r"(?:^|/)lib/(?:python|pypy)\d[\d.]*t?/|(?:^|/)python\d*/lib/|(?:^|/)lib[-_](?:python|pypy)/"
    r"|python\d+\.zip/",
    re.IGNORECASE,
)
FOLDER_OF_TESTS = re.compile(r"(?:^|/)(?:tests?|testing)/")
XUNIT_FIXTURES = frozenset(
    word + of
    for word in ("setup", "teardown")
    for of in ("", "_method", "_class", "_module", "_function")
) | {"setUp", "tearDown", "setUpClass", "tearDownClass", "setUpModule", "tearDownModule"}

CHAIN = re.compile(
    r"[\s|]*(?:During handling of the above exception, another exception occurred"
    r"|The above exception was the direct cause of the following exception):\s*$"
)
NATIVE = re.compile(r'[\s|]*File "([^"\n]+)", line (\d+)(?:,)? in (.+)$')
PLACE = re.compile(r"((?:[A-Za-z]:[\\/])?[^\s:][^:\n]*):(\d+):(?: (\S.*)?)?$")
DEFINITION = re.compile(r"[> ]?\s*(?:async )?def (\w+)")
FIXTURE = re.compile(r"[> ]?\s*@(?:\w+\.)*(?:async_)?fixture\b")
DOTTED = re.compile(r"([A-Za-z_]\w*(?:\.\w+)*)(?:: (.*)|:?)$", re.DOTALL)
CAPTURED = re.compile(r"-+ ?Captured (\w[\w ]*?)(?: (setup|call|teardown))? ?-+\s*$")
CRASH = re.compile(r"(?:[Ww]orker|[Ss]lave) \S{1,12} crashed while running \S")
HEADED = "Traceback (most recent call last)"
LONGEST_MESSAGE = 1 << 14


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the stack; `line` is of the source file named, 0 where it is not told."""

    path: str
    line: int
    function: str = ""
    owner: Owner = "product"


@dataclass(frozen=True, slots=True)
class Raised:
    """One exception of a chain; its frames stand innermost first."""

    exception: str = ""
    message: str = ""
    frames: tuple[Frame, ...] = ()
    printed: str = ""  # type and message as they stand in the text


@dataclass(frozen=True, slots=True)
class Section:
    """What a runner captured and printed below the traceback; `line` counts from the text's 0."""

    stream: str
    phase: str
    text: str
    line: int


class Trace:
    """A failure's text, read when it is first asked for, in one pass."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _cut(self) -> tuple[str, tuple[Section, ...]]:
        return _cut(self._text)

    @property
    def text(self) -> str:
        """Return the text without the captured sections."""
        return self._cut[0]

    @property
    def captured(self) -> tuple[Section, ...]:
        """Return what was captured, in the order printed."""
        return self._cut[1]

    @cached_property
    def chain(self) -> tuple[Raised, ...]:
        """Return every exception as printed: first the cause, last the one that ended the test."""
        return tuple(_chain(self.text.split("\n")))

    @property
    def raised(self) -> Raised:
        """Return the exception that ended the test."""
        return self.chain[-1] if self.chain else Raised()

    @property
    def exception(self) -> str:
        """Name the type of the exception that ended the test."""
        return self.raised.exception

    @property
    def message(self) -> str:
        """Return what that exception said."""
        return self.raised.message

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Return the stack of that exception, innermost first."""
        return self.raised.frames


def read(text: str) -> Trace:
    """Read a failure's text as pytest (long, short, line, native) or Python print it."""
    return Trace(text)


def said(message: str) -> tuple[str, str]:
    """Tell the type from the message in `Type: message`, as summaries print it."""
    return _settle(message, "")


def owner(path: str, function: str = "", *, fixture: bool = False) -> Owner:
    """Say whose code a place is."""
    path = path.replace("\\", "/")
    if path.startswith("<") or (PYTHON.search(path) and not LIBRARY.search(path)):
        return "python"
    if LIBRARY.search(path):
        return "library"
    name = path.rpartition("/")[2]
    if fixture or name == "conftest.py" or function in XUNIT_FIXTURES:
        return "fixture"
    if name.startswith("test") or name.endswith("_test.py") or FOLDER_OF_TESTS.search(path):
        return "test"
    return "product"


def _cut(text: str) -> tuple[str, tuple[Section, ...]]:
    if "Captured " not in text:
        return text, ()
    above: list[str] = []
    current, sections = above, []
    for number, line in enumerate(text.split("\n")):
        match = CAPTURED.match(line) if line.startswith("-") else None
        if match:
            current = []
            sections.append((match[1], match[2] or "", current, number + 1))
        else:
            current.append(line)
    return "\n".join(above), tuple(
        Section(stream, phase, "\n".join(lines), number)
        for stream, phase, lines, number in sections
    )


@dataclass(slots=True)
class _Part:
    """One exception while it is being read; frames are outermost first here."""

    frames: list[Frame] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    tail: str = ""
    function: str = ""
    fixture: bool = False
    native: bool = False

    def place(self, path: str, line: str, function: str) -> None:
        """Add a frame, and forget the source that led to it."""
        whose = owner(path, function, fixture=self.fixture)
        self.frames.append(Frame(path, int(line[:9]), function, whose))
        self.function, self.fixture = "", False

    def finish(self) -> Raised:
        """Settle type and message."""
        words = _flush("\n".join(self.said)[:LONGEST_MESSAGE]).strip()
        exception, message = _settle(words, self.tail)
        return Raised(exception, message, tuple(reversed(self.frames)), words or self.tail)


def _flush(text: str) -> str:
    """Take off the indent of the first line, which is that of the source above it."""
    indent = len(text) - len(text.lstrip(" "))
    return text.replace("\n" + " " * indent, "\n")


def _chain(lines: list[str]) -> Iterator[Raised]:
    part = _Part()
    for line in lines:
        if " exception" in line and CHAIN.match(line):
            yield part.finish()
            part = _Part()
        elif line.startswith("E   ") or line == "E":
            part.said.append(line[4:])
        elif HEADED in line:
            part.native = True
        elif 'File "' in line and (match := NATIVE.match(line)):
            part.place(match[1], match[2], match[3].strip())
            part.said.clear()
        elif part.native and part.frames:
            _native(part, line)
        else:
            _pytest(part, line)
    if part.frames or part.said or part.tail:
        yield part.finish()
    elif crash := next(filter(None, map(CRASH.match, lines[:3])), None):
        words = crash.string.strip()
        yield Raised("", words, printed=words)


def _native(part: _Part, line: str) -> None:
    """Take a line below a frame of Python's own traceback: source, or what was raised."""
    bare = line.lstrip("|") if line[:1] != " " else re.sub(r"^\s+[|+] ?", "", line, count=1)
    if bare[:1].strip() and (part.said or DOTTED.match(bare)):
        part.said.append(bare)


def _pytest(part: _Part, line: str) -> None:
    """Take a line of pytest's own styles."""
    if line[:1] in "> @" or line.startswith(("def ", "async ")):
        if FIXTURE.match(line):
            part.fixture = True
        elif not part.function and (match := DEFINITION.match(line)):
            part.function = match[1]
        return
    match = None if line[:1].isspace() else PLACE.match(line)
    if not match:
        return
    after = match[3] or ""
    if after.startswith("in "):
        part.place(match[1], match[2], after[3:].strip())
    elif not after or DOTTED.match(after) or after.startswith("assert "):
        part.tail = f"AssertionError: {after}" if after.startswith("assert ") else after
        part.place(match[1], match[2], part.function)


def _settle(words: str, tail: str) -> tuple[str, str]:
    """Join what stands on the E lines with the type at the end of the block."""
    first, _, more = words.partition("\n")
    match = DOTTED.match(first)
    named = match and _is_type(match[1], tail)
    if match and named:
        return match[1], "\n".join(filter(None, (match[2] or "", more)))
    kind, _, message = tail.partition(": ")
    if not kind and first.startswith("assert "):
        kind = "AssertionError"
    return kind, words or message


def _is_type(name: str, tail: str) -> bool:
    last = name.rpartition(".")[2]
    ended = tail.partition(":")[0].rpartition(".")[2]
    return last == ended if ended else last[:1].isupper()
