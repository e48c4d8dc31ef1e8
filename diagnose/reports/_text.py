"""Text that others wrote, made fit to be shown: nothing in it may steer whoever shows it."""

import re

ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
HALVES = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Drop what moves, recolours or turns text around; keep tabs and line ends."""
    if text.isascii() and text.isprintable():
        return text
    text = ESCAPE.sub("", text.replace("\r\n", "\n"))
    return HALVES.sub("\ufffd", UNSEEN.sub("", text))


def cut(text: str, most: int) -> str:
    """Shorten to so many characters; the middle goes, for both ends tell more."""
    if len(text) <= most:
        return text
    head = (most - 1) * 2 // 3
    return f"{text[:head]}…{text[-(most - 1 - head) :]}"


def ending(text: str, most: int) -> str:
    """Shorten a traceback to so many characters: whole lines, and its end tells most."""
    if len(text) <= most:
        return text
    kept = text[-most:]
    return "…\n" + (kept.partition("\n")[2] or kept)


def line(text: str, most: int) -> str:
    """Put a text on one line of so many characters at most."""
    if len(text) <= most and " " not in text and text.isascii() and text.isprintable():
        return text  # a name, as nearly all are
    return cut(" ".join(printable(text[: most * 8]).split()), most)
