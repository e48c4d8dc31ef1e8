"""Whether a quote is where a report says it is: byte for byte, or as the XML there reads."""

from collections.abc import Iterable, Iterator
from html import unescape

from diagnose.readers._file import File
from diagnose.readers._lines import ANSI, lines
from diagnose.redact import PLACE


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
