"""Words for numbers and lists, the same in every sentence."""

import re
from collections.abc import Sequence
from shlex import quote

# What moves a cursor, recolours a screen, turns text around, or hides in it.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


SPECIAL = re.compile(r'[\\"$`]')  # to a shell, between double quotes
EMPTY = {"", "failed", "failure", "error"}  # what reports say that must say something


def says_nothing(line: str) -> bool:
    """Say whether a line tells no more than that a test failed."""
    return line.strip().lower() in EMPTY


def clean(text: str) -> str:
    """Drop what could steer a terminal, or deceive who reads it."""
    return CONTROL.sub("", text.expandtabs(4))


def plural(number: int, noun: str) -> str:
    """Return "1 test", "2 tests"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def some(names: Sequence[str], most: int = 3) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def for_shell(word: str) -> str:
    """Quote a word for a shell so that it still reads as it did: what hides in it must be found.

    `shlex` writes `'"'"'` for a quote, and no secret behind one looks like a secret then.
    """
    if "'" not in word:
        return quote(word)
    return '"' + SPECIAL.sub(r"\\\g<0>", word).replace("!", "\"'!'\"") + '"'
