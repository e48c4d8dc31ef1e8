"""Reads XML that breaks its own rules: odd encodings, forbidden characters, text around it."""

import codecs
import re
from collections.abc import Iterable, Iterator

from diagnose.readers._lines import ANSI, encoding

NATIVE = {"utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "us-ascii"}
# Python has codecs that are no character sets, and some that are slow on purpose-made input.
CHARSET = re.compile(
    r"(?:ascii|latin|iso|windows|cp|ibm|mac|koi8|utf|gb|big5|euc|shift|sjis|ms|tis)[\w-]{0,30}"
)
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
OPENING = re.compile(rb"<\?xml\s|<testsuites?[\s>]")
FIRST = 1 << 12  # how far down the document may begin
HELD = 64


def declared(head: bytes) -> str:
    """Return the encoding that the document states, in lower case."""
    match = DECLARED.search(head[:1000])
    return match[1].decode("ascii").lower() if match else ""


def charset(head: bytes) -> str:
    """Choose the encoding: as stated where that is known, else as the bytes look."""
    name = declared(head)
    guessed = encoding(head)
    if guessed != "utf-8" or not CHARSET.fullmatch(name):
        return guessed
    try:
        return codecs.lookup(name).name
    except LookupError:
        return guessed


def opening(head: bytes) -> int:
    """Return where the document begins: after a byte order mark, white space, or a few lines."""
    bare = head.removeprefix(codecs.BOM_UTF8)
    if bare.lstrip()[:1] == b"<":
        return len(head) - len(bare.lstrip())
    match = OPENING.search(head[:FIRST])
    return match.start() if match else 0


class Blocks:
    """The bytes of a file from where its document begins; what was not used can be given back."""

    def __init__(self, source: Iterator[bytes], start: int = 0) -> None:
        self._source = source
        self._back = next(source, b"")[start:]

    def __iter__(self) -> Iterator[bytes]:
        """Yield what was given back, and what comes then."""
        while block := self._back or next(self._source, b""):
            self._back = b""
            yield block

    def give_back(self, rest: bytes) -> None:
        """Let the next reader begin with this."""
        self._back = rest


class Mended:
    """The document as UTF-8, with what XML forbids replaced; `count` says how often that was."""

    def __init__(self, source: Iterable[bytes], charset: str) -> None:
        self.count = 0
        self._source = source
        self._decoder = codecs.getincrementaldecoder(charset)("replace")

    def __iter__(self) -> Iterator[bytes]:
        """Yield it block by block; what may be cut in two waits for the next block."""
        held = ""
        for block in self._source:
            text = held + self._decoder.decode(block)
            cut = max(text.rfind("&", -HELD), text.rfind("\x1b", -HELD))
            text, held = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
            if text:
                yield self._mend(text)
        if rest := held + self._decoder.decode(b"", final=True):
            yield self._mend(rest)

    def _mend(self, text: str) -> bytes:
        self.count += text.count("\ufffd")
        text = REFERENCE.sub(self._reference, text)
        if "\x1b" in text:
            text, number = ANSI.subn("", text)
            self.count += number
        text, number = FORBIDDEN.subn("\ufffd", text)
        self.count += number
        return text.encode("utf-8", "replace")

    def _reference(self, match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        if code > 0x10FFFF or FORBIDDEN.fullmatch(chr(code)):
            self.count += 1
            return "\x1b" if code == 0x1B else "\ufffd"
        return match[0]
