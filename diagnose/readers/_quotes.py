"""Whether a quote is where a report says it is: byte for byte, or as the XML there reads."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from html import escape, unescape
from itertools import groupby

from diagnose.readers._file import File, Quiet
from diagnose.readers._lines import ANSI, lines, texts
from diagnose.redact import HIDDEN, PLACE

MOST_ASKED = 10_000  # tags of one name
NEAR = 2000  # bytes of a tag that are looked at
OVERLAP = 1 << 17  # characters; a quote is shorter
OPEN = re.compile(  # a tag, amidst an attribute; or one whose attributes go on below
    r'<\w[^<>"]*(?:"[^"<]*"[^<>"]*)*(?P<amidst>"[^"<]*)\Z'
    r'|<(?:failure|error)\b[^<>"]*(?:"[^"<]*"[^<>"]*)*\Z'
)
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
PLAIN = dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t', strict=True))


def absent(file: File, quotes: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the quotes that are not on their line of the file; line 0 is any.

    Most stand in a line as logs have them. The others are looked for once more in the bare text: a
    report may be one line of megabytes, and a message of XML goes on where its line ends.
    """
    json = file.head(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    wanted: dict[int, list[str]] = {}
    for number, quote in quotes:
        wanted.setdefault(number, []).append(quote)
    whole = replace(file, open=lambda: Quiet(file.open, []))  # what is torn ends at its tear
    for told in (_lines(whole), _windows(whole, wanted)):
        for number, text in told:
            for key in {number, 0} & wanted.keys():
                shown = _readings(text, json=json)
                wanted[key] = [quote for quote in wanted[key] if not _holds(shown, quote)]
                if not wanted[key]:
                    del wanted[key]
            if not wanted:
                return
    yield from ((number, quote) for number in sorted(wanted) for quote in wanted[number])


def _lines(file: File) -> Iterator[tuple[int, str]]:
    """Yield every line; what was rewritten in place is one."""
    for number, parts in groupby(lines(file), key=lambda line: line.number):
        yield number, "".join(f"{part.text}\n" for part in parts)


def _windows(file: File, wanted: Container[int]) -> Iterator[tuple[int, str]]:
    """Yield the wanted lines in pieces that overlap, and with the rest of their last tag."""
    number, begun, kept, end = 1, 0, "", ""
    for chunk in texts(file):
        for turn, piece in enumerate(chunk.split("\n")):
            if turn and begun:
                kept += "\n"
            elif turn:
                tag = OPEN.search(kept) if number in wanted else None
                begun, end = (number, '"' if tag["amidst"] else ">") if tag else (0, "")
                kept = f"{kept}\n" if begun else ""
            number += bool(turn)
            if begun:
                kept += piece
                if end in piece or len(kept) > OVERLAP:
                    yield begun, kept
                    begun, kept = 0, ""
            if not begun and (number in wanted or 0 in wanted):
                kept = kept[-OVERLAP:] + piece
                yield number, kept
    if begun:
        yield begun, kept


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


def _readings(text: str, *, json: bool) -> tuple[str, ...]:
    """Return the text as it is, and as whoever reads XML, a terminal or JSON sees it."""
    marked = text.replace("<![CDATA[", "").replace("]]>", "")
    shown = unescape(marked)
    bare = HIDDEN.sub("", shown.replace("\r", "").replace("\n", " "))
    spoken = (_unfolded(text),) if json else ()
    return (text, marked, shown, ANSI.sub("", shown), bare, *spoken)


def _unfolded(text: str) -> str:
    """Undo what JSON does to a text."""
    said = ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else PLAIN[found[2]], text)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _holds(shown: Iterable[str], quote: str) -> bool:
    first = quote.split("\n")[0]
    return bool(first) and any(reads(each, first) for each in shown)


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
