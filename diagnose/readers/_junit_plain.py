"""Pieces of XML that need no parser: what makes them sound, and what they say."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from diagnose.readers._failure import clip

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
STRANGE = re.compile(f"&(?!(?:{'|'.join(CHARACTERS)});)".encode())
NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# A parser makes a space of a line end in an attribute, and a line feed of a CR in a text.
NOT_IN_NAMES = bytes(range(32)) + b"<"
NOT_IN_TEXTS = bytes({*range(32)} - set(b"\t\n"))
OPENING = re.compile(r'<([a-z-]+)(?: type="([^"]*)")?(?: message="([^"]*)")?>')


Plain = tuple[str, str, float, bytes]  # what `Kept` has, for another process


class Child(NamedTuple):
    """What a child of a test case says, and the line where its text begins."""

    tag: str
    kind: str
    message: str
    text: str
    line: int
    folded: bool = False


class Kept(NamedTuple):
    """A test case that has more to say than that it passed or was skipped."""

    classname: str
    name: str
    seconds: float
    inside: bytes

    def children(self, line: int) -> Iterator[Child]:
        """Yield what is in it, if it begins on this line."""
        inside, at = self.inside.decode(), 0
        while opening := OPENING.match(inside, at):
            tag, kind, message = opening.groups("")
            begin = opening.end()
            end = inside.find("<", begin)
            text = inside[begin:end]
            said = "" if text.isspace() else clip(unescaped(text))
            folded = "\n" in said and "\n" not in text
            yield Child(tag, clip(unescaped(kind)), clip(unescaped(message)), said, line, folded)
            at = end + len(tag) + 3
            if at < len(inside):
                line += text.count("\n")


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
