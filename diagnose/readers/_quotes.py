"""Whether a quote is where a report says it is: byte for byte, or as the XML there reads."""

from collections.abc import Iterable, Iterator
from html import unescape
from xml.sax.saxutils import escape

from diagnose.readers._file import File
from diagnose.readers._lines import ANSI, lines
from diagnose.redact import PLACE

NEAR = 40  # bytes behind a name: its time


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
    return bool(first) and any(
        reads(each, first) for each in (text, unescape(text), ANSI.sub("", unescape(text)))
    )


def place_of(file: File, name: str) -> tuple[int, str]:
    """Find the line that first names a test, and what it says there; 0 if none does."""
    attribute = 'name="' + escape(name, {'"': "&quot;"}) + '"'
    for text in (attribute, name):
        if found := _first(file, text.encode("utf-8", "replace")):
            return found
    return 0, ""


def _first(file: File, wanted: bytes) -> tuple[int, str] | None:
    line, before = 1, b""
    for block in file.blocks():
        seen = before + block
        at = seen.find(wanted)
        if at >= 0:
            line += seen.count(b"\n", 0, at)
            said = seen[at : at + len(wanted) + NEAR].split(b"\n")[0]
            end = said.find(b">", len(wanted))
            return line, said[: end if end > 0 else None].decode("utf-8", "replace").rstrip(" /")
        keep = min(len(seen), len(wanted) - 1)
        line += seen.count(b"\n", 0, len(seen) - keep)
        before = seen[len(seen) - keep :]
    return None
