"""One XML element with its children: what is built of the few test cases that say something."""

from typing import Protocol
from xml.etree.ElementTree import Element

from diagnose.readers._failure import UNCUT, Clipped, clip

DEEPEST, MOST = 8, 500
# No attribute of a document can have these names: the physical lines of the tag, and of its text.
TAG_LINE, TEXT_LINE = "\0tag", "\0text"
FOLDED = "\0folded"  # line ends are written as references


class Parser(Protocol):
    """What is needed of expat's parser."""

    buffer_text: bool
    CurrentLineNumber: int


class Tree:
    """Collects an element from expat's events; what is too deep or too much is left out."""

    __slots__ = ("_base", "_elements", "_ignored", "_parser", "_stack", "_texts", "root")

    def __init__(self, parser: Parser, base: int, root: Element) -> None:
        self.root = root
        self._parser, self._base = parser, base
        self._stack: list[Element] = [root]
        self._texts: list[Clipped | None] = [None]
        self._elements = self._ignored = 0
        parser.buffer_text = False

    def start(self, tag: str, attributes: list[str]) -> None:
        """Open a child."""
        if self._ignored or len(self._stack) > DEEPEST or self._elements > MOST:
            self._ignored += 1
            return
        child = element(tag, attributes, self._base + self._parser.CurrentLineNumber)
        self._stack[-1].append(child)
        self._stack.append(child)
        self._texts.append(None)
        self._elements += 1
        self._parser.buffer_text = False

    def data(self, text: str) -> None:
        """Take text; the first piece comes unbuffered, so that its line is known."""
        clipped = self._texts[-1]
        if clipped is None:
            parent = self._stack[-1]
            if self._ignored or (text.isspace() and (len(parent) or parent.tag == "testcase")):
                return
            parent.set(TEXT_LINE, str(self._base + self._parser.CurrentLineNumber))
            self._parser.buffer_text = True
            clipped = self._texts[-1] = Clipped()
        if not self._ignored:
            clipped.add(text)

    def end(self) -> bool:
        """Close a child, or the whole: then say so."""
        if self._ignored:
            self._ignored -= 1
            return False
        closed, clipped = self._stack.pop(), self._texts.pop()
        if clipped is not None:
            closed.text = clipped.text()
            here = str(self._base + self._parser.CurrentLineNumber)
            if "\n" in closed.text and closed.get(TEXT_LINE) == here:
                closed.set(FOLDED, "")
        return not self._stack

    def close(self) -> None:
        """Close all that is open, where the document breaks off."""
        self._parser.buffer_text = False  # hands over what expat still holds back
        self._ignored = 0
        while not self.end():
            pass


def element(tag: str, attributes: list[str], line: int) -> Element:
    """Make an element of expat's flat list of names and values."""
    made = Element(local(tag) if ":" in tag else tag)
    names = iter(attributes)
    for name, value in zip(names, names, strict=True):
        made.set(name, value if len(value) <= UNCUT else clip(value))
    made.set(TAG_LINE, str(line))
    return made


def local(tag: str) -> str:
    """Drop the namespace prefix."""
    return tag.rpartition(":")[2]


def line_of(made: Element) -> int:
    """Return the line of the element's tag."""
    return int(made.get(TAG_LINE, "0"))


def spoken(made: Element | None) -> tuple[str, int]:
    """Return what the element says, and the line where that begins; nothing, and its tag's line."""
    if made is None:
        return "", 0
    text = made.text or ""
    if not text or text.isspace():
        return "", line_of(made)
    return text, int(made.get(TEXT_LINE, "0"))
