"""Words of others in Markdown: shown as they are, and taken for nothing else."""

import re

from diagnose.reports._text import ending, line, printable

ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~])")
OPENS = re.compile(r"^(\d*)([#+=.)-])")  # a heading, a list, a line beneath a heading
# A mention, a reference, an entity, a formula; a name may begin with what was just escaped.
STARTS = re.compile(r"(@(?=\S)|[#!$%&^](?=[\w{\\\"]))")
LINKS = re.compile(r"(?i)(:(?=//)|\b(?:www|mailto|xmpp|gh)(?=[.:-]))")
BREAK = "\u200b"


def words(text: str, most: int = 600) -> str:
    """Return a text for a sentence: no mark-up of it works, nothing in it is a link or a name."""
    text = ACTIVE.sub(r"\\\1", line(text, most))
    text = OPENS.sub(r"\1\\\2", text)
    return LINKS.sub(rf"\1{BREAK}", STARTS.sub(rf"\1{BREAK}", text))


def code(text: str, most: int = 400) -> str:
    """Return a text as code within a sentence."""
    text = line(text, most) or " "
    fence = "`" * (longest(text) + 1)
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def quoted(text: str, most: int, word: str = "text") -> str:
    """Return a text as a block of code that nothing within can end."""
    text = ending(printable(text), most).rstrip("\n")
    fence = "`" * max(3, longest(text) + 1)
    return f"{fence}{word}\n{text}\n{fence}"


def longest(text: str) -> int:
    """Return the length of the longest run of backticks."""
    return max(map(len, re.findall("`+", text)), default=0)
