"""Whether a quote is where a report says it is: byte for byte, or as the XML there reads."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape, unescape
from json import loads

from diagnose.readers._file import File, Quiet
from diagnose.readers._lines import ANSI, lines
from diagnose.redact import HIDDEN, PLACE

MOST_ASKED = 10_000  # tags of one name
NEAR = 2000  # bytes of a tag that are looked at

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
    shown, json = unescape(text), ESCAPE.sub(_unescaped, text)
    bare = HIDDEN.sub("", BLANK.sub(" ", shown))
    said = (text, shown, ANSI.sub("", shown), bare, json, ANSI.sub("", json))
    return bool(first) and any(reads(each, first) for each in said)


def _unescaped(match: re.Match[str]) -> str:
    try:
        return str(loads(f'"{match[0]}"'))
    except ValueError:
        return match[0]


def place_of(file: File, test: str) -> tuple[int, str]:
    """Find the line that names a test, and what it says there; 0 if none does."""
    classname, _, name = test.rpartition("::")
    wanted = _attribute("name", name)
    found = _tags(file, wanted, _attribute("classname", classname))
    if not found[0]:
        found = _tags(file, name.encode("utf-8", "replace"), b"")
    return found


def _attribute(key: str, value: str) -> bytes:
    said = escape(value, quote=False).replace('"', "&quot;")
    return f'{key}="{said}"'.encode("utf-8", "replace")


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
