"""Which failures are of a kind: they say the same, particulars aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from diagnose.judge._mask import mask
from diagnose.judge._templates import Said, blanks

TELLING = 3  # words of a message that says enough to tell its cause wherever it was raised
KNOWN_MESSAGES = 1 << 16
ASSERTIONS = ("AssertionError", "Failed")

WRAPPED = re.compile(r'failed on (?:setup|teardown) with "')
LOCATED = re.compile(r"\Afile [^\n]*, line \d+\n(?:.*\n)*?E +(.*)")  # a fixture is not found
NAMED = re.compile(r"(?:(?:[A-Za-z_]\w*\.)+(\w+)|([A-Z]\w*))(?:: ?|\Z|(?=\n))")
FAR = 4_000  # characters


@dataclass(frozen=True, slots=True)
class Failure:
    """One test's failure in one run; `frame` is the deepest of the project, `label` its cause.

    The label is given where the cause is known.
    """

    run: int
    test: str
    exception: str = ""
    message: str = ""
    frame: str = ""
    start: float | None = None
    label: str = ""


class Key(NamedTuple):
    """What failures of a kind have in common."""

    exception: str
    message: str
    frame: str


def key_of(failure: Failure) -> Key:
    """Say what kind of failure it is.

    Where it was raised counts for assertions, and for messages too bare to tell their cause; the
    refusal of a dead server reads the same wherever a test meets it.
    """
    raised, message = _raised(failure)
    masked = mask(message)
    words = [word for word in masked.split() if word.strip("<>:.,()[]").isalpha()]
    bare = len(words) < TELLING or raised in ASSERTIONS or masked.startswith("assert")
    return Key(raised, masked, failure.frame if bare else "")


def _raised(failure: Failure) -> tuple[str, str]:
    """Take the exception's name off the message; fixtures' errors wear pytest's words about it."""
    message = failure.message.lstrip()
    if wrapped := WRAPPED.match(message):
        message = message[wrapped.end() :].rstrip().removesuffix('"')
    if located := LOCATED.search(message[:FAR]):
        message = located[1]
    name = failure.exception.rpartition(".")[2]
    if (named := NAMED.match(message)) and name in ("", found := named[1] or named[2]):
        return found, message[named.end() :]
    return name, message


def keys_of(failures: Iterable[Failure]) -> list[Key]:
    """Find the kind of each; thousands of failures have few messages among them."""
    known: dict[tuple[str, str, str], Key] = {}
    keys, said = [], []
    for failure in failures:
        mark = (failure.exception, failure.message, failure.frame)
        if (key := known.get(mark)) is None:
            key = key_of(failure)
            if len(known) < KNOWN_MESSAGES:
                known[mark] = key
        keys.append(key)
        said.append(Said(key.exception, key.message, "" if key.frame else failure.frame))
    shared = blanks(said)
    return [
        key._replace(message=shared[each]) if each in shared else key
        for key, each in zip(keys, said, strict=True)
    ]
