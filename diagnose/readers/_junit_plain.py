"""Pieces of XML that need no parser: what makes them sound, and what they say."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from diagnose.packed import Part
from diagnose.readers._failure import UNCUT, clip

CHARACTERS = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "#9": "\t",
    "#10": "\n",
    "#13": "\r",
}
REFERENCE = re.compile(f"&({'|'.join(CHARACTERS)});")
FOLDED, CODE, HEADLINE = b"&#10;", b"&#", b"- Captured "
STRANGE = re.compile(f"&(?!(?:{'|'.join(CHARACTERS)});)".encode())
NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# A parser makes a space of a line end in an attribute, and a line feed of a CR in a text.
NOT_IN_NAMES = bytes(range(32)) + b"<"
NOT_IN_TEXTS = bytes({*range(32)} - set(b"\t\n"))
OPENING = re.compile(rb'<([a-z-]+)(?: type="([^"]*)")?(?: message="([^"]*)")?>')


# What `Kept` has, for another process: instead of the part, the number of its pack, from and to.
Whole = tuple[str, str, float, int, int, int]


class Child(NamedTuple):
    """What a child of a test case says, and the line where its text begins."""

    tag: str
    kind: str
    message: str
    said: str | Part
    line: int
    folded: bool = False
    headed: bool = True  # it may have headlines, each with a stream below

    @property
    def text(self) -> str:
        """Return what it says as a text."""
        return self.said if isinstance(self.said, str) else self.said.text()


class Kept(NamedTuple):
    """A test case that has more to say than that it passed or was skipped."""

    classname: str
    name: str
    seconds: float
    inside: Part

    def children(self, line: int) -> Iterator[Child]:
        """Yield what is in it, if it begins on this line."""
        inside, at = self.inside.data(), 0
        while opening := OPENING.match(inside, at):
            tag, kind, message = map(bytes.decode, opening.groups(b""))
            begin = opening.end()
            end = inside.find(b"<", begin)
            raw = inside[begin:end]
            said: str | Part = self.inside.cut(begin, end)
            coded = CODE in raw
            if is_blank(raw) or (coded and decoded(raw).isspace()):
                said = ""
            elif len(raw) > UNCUT:
                said = clip(decoded(raw))
            folded = coded and bool(said) and FOLDED in raw and b"\n" not in raw
            headed = coded or HEADLINE in raw
            kind, message = clip(unescaped(kind)), clip(unescaped(message))
            yield Child(tag, kind, message, said, line, folded, headed)
            at = end + len(tag) + 3
            if at >= len(inside):
                return
            line += raw.count(b"\n")


def is_blank(text: bytes) -> bool:
    """Say whether there is nothing in it but white space."""
    return not text.strip() or (not text.isascii() and text.decode().isspace())


def decoded(text: bytes) -> str:
    """Return what sound XML says."""
    return unescaped(text.decode())


def are_sound(pieces: Collection[bytes], forbidden: bytes) -> bool:
    """Say whether a parser would find nothing wrong with any of these attributes or texts."""
    whole = b"\0".join(pieces)
    if len(whole.translate(None, forbidden)) + max(0, len(pieces) - 1) != len(whole):
        return False
    if STRANGE.search(whole) or b"]]>" in whole:
        return False
    try:
        whole.decode()
    except UnicodeDecodeError:
        return False
    return whole.isascii() or not any(sign in whole for sign in NONCHARACTERS)


def unescaped(text: str) -> str:
    """Put characters for the references that `are_sound` lets through."""
    if "&" not in text:
        return text
    pieces = REFERENCE.split(text)
    pieces[1::2] = map(CHARACTERS.__getitem__, pieces[1::2])
    return "".join(pieces)
