"""Whether a quote is where a report says it is: byte for byte, or as the XML there reads."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from json import loads

from diagnose.readers._file import File, Quiet
from diagnose.readers._lines import ANSI, lines
from diagnose.redact import PLACE

FOLLOWING = 40  # lines that one attribute may have
ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\[\"\\/bfnrt]")  # pairs of surrogates are one
BLANK = re.compile(r"[\t\r\n]")  # what XML reads as a blank in an attribute


def absent(file: File, quotes: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the quotes that are not on their line of the file; one pass finds most of them.

    What stands in a document of XML or JSON may begin with what would be a CI's stamp in a log: a
    second pass looks for the rest with stamps, and with attributes that go on for many lines.
    """
    missing = sorted(quotes)
    for stamped in (False, True):
        if missing:
            found = _found(file, {number for number, _ in missing}, stamped=stamped)
            missing = [each for each in missing if not _holds(found[each[0]], each[1])]
    yield from missing


def _found(file: File, numbers: set[int], *, stamped: bool) -> dict[int, str]:
    """Return the text of these lines; with stamps, also of those that follow, as XML reads them.

    Line 0 is the file as a whole: a document of JSON, which a reader holds in memory too.
    """
    found: dict[int, list[str]] = {number: [] for number in numbers}
    follow = FOLLOWING if stamped else 0
    last = max(numbers) + follow if 0 not in numbers else sys.maxsize
    whole = replace(file, open=lambda: Quiet(file.open, []))  # what is torn ends at its tear
    for line in lines(whole, stamped=stamped):
        if 0 in found:
            found[0].append(line.text)
        for number in range(line.number - follow, line.number + 1):
            if number in found:
                found[number].append(line.text)
        if line.number > last:
            break
    glue = " " if stamped else "\n"
    return {number: glue.join(texts) for number, texts in found.items()}


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
    xml, json = unescape(text), ESCAPE.sub(_unescaped, text)
    said = (text, xml, ANSI.sub("", xml), BLANK.sub(" ", xml), json, ANSI.sub("", json))
    return bool(first) and any(reads(each, first) for each in said)


def _unescaped(match: re.Match[str]) -> str:
    try:
        return str(loads(f'"{match[0]}"'))
    except ValueError:
        return match[0]
