"""Colour for a terminal, put on when the text is done: the text never depends on it."""

import re

BOLD, DIM, RED, RESET = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"
HEADING = re.compile(r"^[A-Z][A-Z ]+$", re.MULTILINE)
INCIDENT = re.compile(r"^( {0,2}\d+\. .*)$", re.MULTILINE)
QUOTE = re.compile(r"^( {14}\S+:\d+)$", re.MULTILINE)


def paint(text: str) -> str:
    """Return the report with its headline and headings set off."""
    first, end, rest = text.partition("\n\n")
    rest = HEADING.sub(lambda found: f"{BOLD}{found[0]}{RESET}", rest)
    rest = INCIDENT.sub(lambda found: f"{RED}{found[0]}{RESET}", rest)
    rest = QUOTE.sub(lambda found: f"{DIM}{found[0]}{RESET}", rest)
    return f"{BOLD}{first}{RESET}{end}{rest}"
