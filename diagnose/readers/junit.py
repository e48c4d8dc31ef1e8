"""JUnit XML, in every dialect, as a stream: passing tests become rows, the others results."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate, errors

from diagnose.model import Problem, Record, Source
from diagnose.readers._file import File
from diagnose.readers._junit_intake import Intake, RefusedError
from diagnose.readers._junit_repair import NATIVE, Blocks, Mended, charset, declared, opening
from diagnose.readers._junit_roots import FOREIGN, JUNIT
from diagnose.readers._junit_sieve import Sieve
from diagnose.readers._lines import encoding

WHOLE = True
XML = re.compile(r"<\?xml\s|<!--|<!DOCTYPE\s|<!ENTITY\s|<([\w:.-]+)[\s/>]")
ATTRIBUTE = re.compile(r"""<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*["']|\s*/?>\s*<)""")
REWOUND = re.compile(rb"\r(?!\n)")
UTF8 = {"", "utf-8", "us-ascii"}
MOST_DOCUMENTS = 1000
LONGEST_TOKEN = 64 << 20
_CODES = errors.codes
CURABLE = {
    _CODES[errors.XML_ERROR_INVALID_TOKEN],
    _CODES[errors.XML_ERROR_PARTIAL_CHAR],
    _CODES[errors.XML_ERROR_BAD_CHAR_REF],
    _CODES[errors.XML_ERROR_UNKNOWN_ENCODING],
    _CODES[errors.XML_ERROR_INCORRECT_ENCODING],
}
BROKEN_OFF = {
    _CODES[errors.XML_ERROR_NO_ELEMENTS],
    _CODES[errors.XML_ERROR_UNCLOSED_TOKEN],
    _CODES[errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}
ANOTHER = {
    _CODES[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT],
    _CODES[errors.XML_ERROR_MISPLACED_XML_PI],
}


class Tear(NamedTuple):
    """Where and why reading stopped before the end."""

    line: int
    why: str
    curable: bool = False


def recognises(block: bytes) -> bool:
    """Know XML of any kind by its first bytes; what is not JUnit is named by `read`."""
    start = opening(block)
    head = block[start : start + (1 << 16)]
    text = head.decode(encoding(head), "replace").lstrip("\ufeff \t\r\n")
    match = XML.match(text)
    if match is None or match[1] is None:
        return match is not None
    name = match[1].rpartition(":")[2]
    return name in JUNIT or name in FOREIGN or bool(ATTRIBUTE.match(text))


def read(file: File) -> Iterator[Record | Problem]:
    """Yield sessions, tests and what suites wrote; what can't be read is a problem."""
    head = file.head()
    start = opening(head)
    lines = head.count(b"\n", 0, start)
    if head[:start].strip(b"\xef\xbb\xbf \t\r\n"):
        yield Problem(Source(file.path, 1), "text before the XML document was skipped")
    document = _Document(file, start, lines)
    yield from document.records()
    yield from document.problems()


class _Document:
    """A file on its way through one parser, or two: the second gets it mended."""

    def __init__(self, file: File, start: int, lines: int) -> None:
        self.file, self.start, self.lines = file, start, lines
        self.head = file.head()[start:]
        self.intake = Intake(file.path)
        self.tear: Tear | None = None
        self.mended = ""
        self.mended_line = 0
        self.lost = ""

    def records(self) -> Iterator[Record]:
        """Yield what is read; what a first pass has given is not given again."""
        given = 0
        stated = declared(self.head)
        if stated and stated not in NATIVE:
            self.tear = Tear(1, f"encoding {stated!r}", curable=True)
        else:
            for record in self._first_pass():
                given += 1
                yield record
        if self.tear and self.tear.curable:
            yield from self._mend(given, self.tear)
        self.lost = self.intake.close()
        yield from self.intake.drain()
        if len(self.intake.table):
            yield self.intake.table

    def _first_pass(self) -> Iterator[Record]:
        """Read through the sieve; where that finds a tear, again without, to see what is before."""
        given = 0
        for sifted in (True, False):
            self.intake, self.tear = Intake(self.file.path), None
            sieve = Sieve(self.intake.table)
            self.intake.kept = sieve.kept
            utf8 = declared(self.head) in UTF8 and encoding(self.head).startswith("utf-8")
            blocks = sieve.blocks(self.file) if sifted and utf8 else self.file.blocks()
            blocks = _with_lines(blocks) if utf8 else blocks
            records = self._pass(Blocks(blocks, self.start), None)
            for record in islice(records, given, None):
                given += 1
                yield record
            if not (sieve.used and self._is_torn()):
                return

    def _is_torn(self) -> bool:
        return self.tear is not None

    def _mend(self, given: int, first: Tear) -> Iterator[Record]:
        name = charset(self.head)
        mended = Mended(Blocks(self.file.blocks(), self.start), name)
        self.intake, self.tear = Intake(self.file.path), None
        yield from islice(self._pass(Blocks(_with_lines(mended)), "utf-8"), given, None)
        if mended.count:
            self.mended = f"{mended.count} characters that XML forbids were replaced"
        elif first.why.startswith("encoding") and name.replace("-", "") == "utf8":
            self.mended = f"{first.why} is unknown, and was read as UTF-8"
        self.mended_line = first.line

    def _pass(self, source: Blocks, encoding: str | None) -> Iterator[Record]:
        """Feed one document after the other to a parser each."""
        base = self.lines
        for _ in range(MOST_DOCUMENTS):
            feed = _Feed(self.intake, base, encoding)
            yield from feed.records(source)
            self.tear = feed.tear
            if feed.rest is None:
                return
            base = feed.line - 1
            source.give_back(feed.rest)
        self.tear = Tear(base, f"more than {MOST_DOCUMENTS} documents in one file")

    def problems(self) -> Iterator[Problem]:
        """Yield what was wrong with the file."""
        path = self.file.path
        if self.mended:
            yield Problem(Source(path, self.mended_line), self.mended)
        if self.tear:
            lost = f"; the outcome of {self.lost} is lost" if self.lost else ""
            yield Problem(Source(path, self.tear.line), self.tear.why + lost)
        elif not self.intake.tests:
            root = self.intake.root
            strange = root is not None and root.tag not in JUNIT
            why = (
                f"not JUnit XML: root <{root.tag}>"
                if root is not None and strange
                else "no test in it"
            )
            yield Problem(Source(path), why)


def _with_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Make a blank of what a progress bar begins anew with: to expat alone, it ends a line."""
    for block in blocks:
        yield REWOUND.sub(b" ", block) if b"\r" in block else block


class _Feed:
    """One parser and one document; `rest` is what stands behind it, if that is another."""

    def __init__(self, intake: Intake, base: int, encoding: str | None) -> None:
        self.intake, self.base = intake, base
        self.parser = ParserCreate(encoding)
        intake.attach(self.parser, base)
        self.tear: Tear | None = None
        self.rest: bytes | None = None
        self.line = 0

    def records(self, source: Blocks) -> Iterator[Record]:
        """Yield what each block brings, up to the end or the tear."""
        before = block = b""
        fed = 0
        for block in chain(source, (b"",)):
            fed += len(block)
            try:
                self.parser.Parse(block, not block)
            except RefusedError as refused:
                self.tear = Tear(self.base + self.parser.CurrentLineNumber, str(refused))
            except ExpatError as error:
                self.line = self.base + error.lineno
                self._torn(error, (before + block)[self.parser.ErrorByteIndex - fed :])
            except (LookupError, ValueError):  # a codec that Python does not have, or can't use
                self.tear = Tear(self.base + 1, "encoding that the document states", curable=True)
            if fed - self.parser.CurrentByteIndex > LONGEST_TOKEN and not self.tear:
                self.tear = Tear(self.base + self.parser.CurrentLineNumber, "a tag without an end")
            yield from self.intake.drain()
            if self.tear or self.rest is not None:
                return
            before = block

    def _torn(self, error: ExpatError, rest: bytes) -> None:
        if error.code in ANOTHER and rest.lstrip()[:1] == b"<":
            self.rest = rest
            return
        why = "the document breaks off"
        if error.code not in BROKEN_OFF:
            said = errors.messages[error.code].removeprefix("not well-formed ").strip("()")
            why = f"not well-formed XML: {said}"
        self.tear = Tear(self.line, f"{why}; what stands before was read", error.code in CURABLE)
