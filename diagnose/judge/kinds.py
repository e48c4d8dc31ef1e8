"""Which failures are of a kind: they say the same, particulars aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from diagnose.judge._mask import mask

TELLING = 3  # words of a message that says enough to tell its cause wherever it was raised
KNOWN_MESSAGES = 1 << 16
ASSERTIONS = ("AssertionError", "Failed")

WRAPPED = re.compile(r'failed on (?:setup|teardown) with "')
LOCATED = re.compile(r"\Afile [^\n]*, line \d+\n(?:.*\n)*?E +(.*)")  # a fixture is not found
NAMED = re.compile(r"(?:(?:[A-Za-z_]\w*\.)+(\w+)|([A-Z]\w*))(?:: ?|\Z|(?=\n))")
RAISED = re.compile(r"(\S+\.\w+):\d+: ")
FAR = 4_000  # characters
END = 2_000  # characters of a text, in which the last frame stands


class Failure(NamedTuple):
    """One test's failure in one run; `frame` is the deepest of the project, `label` its cause.

    The label is given where the cause is known, and in place of the frame the `text` that names it.
    """

    run: int
    test: str
    exception: str = ""
    message: str = ""
    frame: str = ""
    start: float | None = None
    label: str = ""
    text: str = ""


class Key(NamedTuple):
    """What failures of a kind have in common."""

    exception: str
    message: str
    frame: str


class _Said(NamedTuple):
    """What was raised, in which words, and whether they are too few to tell its cause."""

    exception: str
    message: str
    bare: bool


def key_of(failure: Failure) -> Key:
    """Say what kind of failure it is.

    Where it was raised counts for assertions, and for messages too bare to tell their cause; the
    refusal of a dead server reads the same wherever a test meets it.
    """
    return _key(_said(failure.exception, failure.message), failure)


def keys_of(failures: Iterable[Failure]) -> list[Key]:
    """Find the kind of each; thousands of failures have few messages among them."""
    known: dict[tuple[str, str], _Said] = {}
    keys = []
    for failure in failures:
        mark = failure.exception, failure.message
        if (said := known.get(mark)) is None:
            said = _said(*mark)
            if len(known) < KNOWN_MESSAGES:
                known[mark] = said
        keys.append(_key(said, failure))
    return keys


def _key(said: _Said, failure: Failure) -> Key:
    frame = (failure.frame or _frame(failure.text)) if said.bare else ""
    return Key(said.exception, said.message, frame)


def _frame(text: str) -> str:
    """Take the file in which it was raised from the last line that names one."""
    ends = reversed(text[-END:].split("\n"))
    return next((found[1] for line in ends if (found := RAISED.match(line))), "")


def _said(exception: str, message: str) -> _Said:
    raised, message = _raised(exception, message)
    masked = mask(message)
    bare = raised in ASSERTIONS or masked.startswith("assert") or _is_bare(masked)
    return _Said(raised, masked, bare)


def _is_bare(masked: str) -> bool:
    words = (word for word in masked.split() if word.strip("<>:.,()[]").isalpha())
    return len(list(islice(words, TELLING))) < TELLING


def _raised(exception: str, message: str) -> tuple[str, str]:
    """Take the exception's name off the message; fixtures' errors wear pytest's words about it."""
    message = message.lstrip()
    if wrapped := WRAPPED.match(message):
        message = message[wrapped.end() :].rstrip().removesuffix('"')
    if located := LOCATED.search(message[:FAR]):
        message = located[1]
    name = exception.rpartition(".")[2]
    if (named := NAMED.match(message)) and name in ("", found := named[1] or named[2]):
        return found, message[named.end() :]
    return name, message
