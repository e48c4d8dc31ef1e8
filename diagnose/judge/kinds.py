"""Which failures are of a kind: they say the same, particulars aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from diagnose.judge._mask import mask
from diagnose.judge._templates import Said, blanks

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


class _Words(NamedTuple):
    """What was raised, in which words, and whether they are too few to tell its cause."""

    exception: str
    message: str
    bare: bool


def key_of(failure: Failure) -> Key:
    """Say what kind of failure it is.

    Where it was raised counts for assertions, and for messages too bare to tell their cause; the
    refusal of a dead server reads the same wherever a test meets it.
    """
    return _key(_words(failure.exception, failure.message), _frame(failure))


def keys_of(failures: Iterable[Failure]) -> list[Key]:
    """Find the kind of each; thousands of failures have few messages among them."""
    known: dict[tuple[str, str], _Words] = {}
    keys, said = [], []
    for failure in failures:
        mark = failure.exception, failure.message
        if (words := known.get(mark)) is None:
            words = _words(*mark)
            if len(known) < KNOWN_MESSAGES:
                known[mark] = words
        frame = _frame(failure)
        keys.append(_key(words, frame))
        said.append(Said(words.exception, words.message, "" if words.bare else frame))
    shared = blanks(said)
    return [
        key._replace(message=shared[each]) if each in shared else key
        for key, each in zip(keys, said, strict=True)
    ]


def _key(words: _Words, frame: str) -> Key:
    return Key(words.exception, words.message, frame if words.bare else "")


def _frame(failure: Failure) -> str:
    """Take the file in which it was raised from the last line that names one."""
    if failure.frame or not failure.text:
        return failure.frame
    ends = reversed(failure.text[-END:].split("\n"))
    return next((found[1] for line in ends if (found := RAISED.match(line))), "")


def _words(exception: str, message: str) -> _Words:
    raised, message = _raised(exception, message)
    masked = mask(message)
    bare = raised in ASSERTIONS or masked.startswith("assert") or _is_bare(masked)
    return _Words(raised, masked, bare)


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
