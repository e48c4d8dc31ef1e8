"""Whether a quote is where a report says it is: byte for byte, or as the XML there reads."""

from collections.abc import Iterable, Iterator
from html import unescape
from xml.sax.saxutils import escape

from diagnose.readers._file import File
from diagnose.readers._lines import ANSI, lines
from diagnose.redact import HIDDEN, PLACE

MOST_ASKED = 10_000  # tags of one name
NEAR = 2000  # bytes of a tag that are looked at
QUOTE = {'"': "&quot;"}


def absent(file: File, quotes: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the quotes that are not on their line of the file; one pass for all of them."""
    wanted: dict[int, list[str]] = {}
    for number, quote in quotes:
        wanted.setdefault(number, []).append(quote)
    found = dict.fromkeys(wanted, "")
    for line in lines(file):
        if line.number in found:
            found[line.number] += f"{line.text}\n"
        elif line.number > max(wanted):
            break
    for number in sorted(wanted):
        for quote in wanted[number]:
            if not _holds(found[number], quote):
                yield number, quote


def reads(text: str, quote: str) -> bool:
    """Say whether the text holds the quote; what was redacted may have been anything."""
    first, *rest = PLACE.split(quote)
    at = text.find(first)
    end = at + len(first)
    for piece in rest:
        if at < 0 or not text[end:].strip():
            return False
        at = text.find(piece, end + 1)
        end = at + len(piece)
    return at >= 0


def _holds(text: str, quote: str) -> bool:
    first = quote.split("\n")[0]
    shown = unescape(text)
    bare = HIDDEN.sub("", shown.replace("\n", " "))
    return bool(first) and any(
        reads(each, first) for each in (text, shown, ANSI.sub("", shown), bare)
    )


def place_of(file: File, test: str) -> tuple[int, str]:
    """Find the line that names a test, and what it says there; 0 if none does."""
    classname, _, name = test.rpartition("::")
    wanted = _attribute("name", name)
    found = _tags(file, wanted, _attribute("classname", classname))
    if not found[0]:
        found = _tags(file, name.encode("utf-8", "replace"), b"")
    return found


def _attribute(key: str, value: str) -> bytes:
    return f'{key}="{escape(value, QUOTE)}"'.encode("utf-8", "replace")


def _tags(file: File, wanted: bytes, beside: bytes) -> tuple[int, str]:
    """Find a name, with the other attribute in its tag if one of the first tags has both."""
    first, asked = (0, ""), 0
    line, before = 1, b""
    for block in file.blocks():
        seen, at = before + block, -1
        while asked < MOST_ASKED and (at := seen.find(wanted, at + 1)) >= 0:
            asked += 1
            begun = seen.rfind(b"<", max(0, at - NEAR), at)
            said = seen[at : at + NEAR].partition(b">")[0]
            fits = beside in seen[max(begun, 0) : at] + said
            if fits or not first[0]:
                text = said.split(b"\n")[0].decode("utf-8", "replace").rstrip(" /")
                first = line + seen.count(b"\n", 0, at), text
            if fits:
                return first
        keep = min(len(seen), NEAR)
        line += seen.count(b"\n", 0, len(seen) - keep)
        before = seen[len(seen) - keep :]
    return first
