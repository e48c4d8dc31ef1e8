"""Which failures are of a kind: they say the same, particulars aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from diagnose.judge._mask import mask
from diagnose.judge._templates import VALUES, Said, blanks

TELLING = 3  # words of a message that says enough to tell its cause wherever it was raised
KNOWN_MESSAGES = 1 << 16
ASSERTIONS = ("AssertionError", "Failed")

WRAPPED = re.compile(r'failed on (?:setup|teardown) with "')
LOCATED = re.compile(r"\Afile [^\n]*, line \d+\n(?:.*\n)*?E +(.*)")  # a fixture is not found
NAMED = re.compile(r"(?:(?:[A-Za-z_]\w*\.)+(\w+)|([A-Z]\w*))(?:: ?|\Z|(?=\n))")
RAISED = re.compile(r"(\S+\.\w+):\d+: ")
NAME = re.compile(r"""(['"])([A-Za-z_]\w{2,60})\1""")
DIGITS = re.compile(r"\d+")
FAR = 4_000  # characters


class Failure(NamedTuple):
    """One test's failure in one run: in which file it was raised, and its cause where known."""

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


class _Words(NamedTuple):
    """What was raised, in which words, and whether they are too few to tell its cause.

    Of a bare message that is about one name, `named` is the message with it, digits aside.
    """

    exception: str
    message: str
    bare: bool
    named: str = ""


def key_of(failure: Failure) -> Key:
    """Say what kind of failure it is.

    Where it was raised counts for assertions, and for messages too bare to tell their cause; the
    refusal of a dead server reads the same wherever a test meets it.
    """
    return _key(_words(failure.exception, failure.message), failure.frame)


def keys_of(failures: Iterable[Failure]) -> list[Key]:
    """Find the kind of each; thousands of failures have few messages among them."""
    known: dict[tuple[str, str], _Words] = {}
    told = []
    for failure in failures:
        mark = failure.exception, failure.message
        if (words := known.get(mark)) is None:
            words = _words(*mark)
            if len(known) < KNOWN_MESSAGES:
                known[mark] = words
        told.append((words, failure.frame))
    said = [Said(w.exception, w.message, "" if w.bare else frame) for w, frame in told]
    shared, everywhere = blanks(said), _missed(told)
    keys = []
    for (words, frame), each in zip(told, said, strict=True):
        if (mark := (words.exception, words.named)) in everywhere:
            keys.append(Key(*mark, ""))
        else:
            key = _key(words, frame)
            keys.append(key._replace(message=shared[each]) if each in shared else key)
    return keys


def _missed(told: Iterable[tuple[_Words, str]]) -> set[tuple[str, str]]:
    """Find the names that many files stumble over: what they lack, they lack for one reason."""
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for words, frame in told:
        if words.named:
            places[words.exception, words.named].add(frame)
    return {mark for mark, files in places.items() if len(files) >= VALUES}


def _key(words: _Words, frame: str) -> Key:
    return Key(words.exception, words.message, frame if words.bare else "")


def raised_in(text: str) -> str:
    """Name the file in which it was raised, as the last line says that names one."""
    ends = reversed(text.split("\n"))
    return next((found[1] for line in ends if (found := RAISED.match(line))), "")


def _words(exception: str, message: str) -> _Words:
    raised, message = _raised(exception, message)
    masked = mask(message)
    if raised in ASSERTIONS or masked.startswith("assert"):
        return _Words(raised, masked, bare=True)
    if not _is_bare(masked):
        return _Words(raised, masked, bare=False)
    name = NAME.search(message) if masked.count("<quoted>") == 1 else None
    named = masked.replace("<quoted>", DIGITS.sub("<number>", name[2])) if name else ""
    return _Words(raised, masked, bare=True, named=named)


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
