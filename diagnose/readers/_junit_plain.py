"""Pieces of XML that need no parser: what makes them sound, and what they say."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"))
REFERENCES = (("&#10;", "\n"), ("&#13;", "\r"), ("&#9;", "\t"))
STRANGE = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos|#10|#13|#9);)")
NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# A parser makes a space of a line end in an attribute, and a line feed of a CR in a text.
NOT_IN_NAMES = bytes(range(32)) + b"<"
NOT_IN_TEXTS = bytes({*range(32)} - set(b"\t\n"))
CHILD = re.compile(r'<([a-z-]+)(?: type="([^"]*)")?(?: message="([^"]*)")?>([^<]*)</[a-z-]+>')


class Child(NamedTuple):
    """A child of a test case; an attribute may be empty, or not there."""

    tag: str
    kind: str
    message: str
    text: str
    lines_before: int


class Kept(NamedTuple):
    """A test case that has more to say than that it passed or was skipped."""

    classname: str
    name: str
    seconds: str
    inside: bytes

    def children(self) -> Iterator[Child]:
        """Yield what is in it."""
        lines = 0
        for tag, kind, message, text in CHILD.findall(self.inside.decode()):
            yield Child(tag, unescaped(kind), unescaped(message), unescaped(text), lines)
            lines += text.count("\n")


def kept(classname: bytes, name: bytes, seconds: bytes, inside: bytes) -> Kept:
    """Take a test case out of a block whose pieces are sound."""
    return Kept(classname.decode(), unescaped(name.decode()), seconds.decode(), inside)


def are_sound(pieces: Collection[bytes], forbidden: bytes) -> bool:
    """Say whether a parser would find nothing wrong with any of these attributes or texts."""
    whole = b"\0".join(pieces)
    if len(whole.translate(None, forbidden)) + max(0, len(pieces) - 1) != len(whole):
        return False
    if STRANGE.search(whole):
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
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    if "&#" in text:
        for entity, character in REFERENCES:
            text = text.replace(entity, character)
    return text.replace("&amp;", "&")
