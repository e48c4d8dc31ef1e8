"""Which failures are of a kind: they say the same, particulars aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from diagnose.judge._mask import mask

TELLING = 3  # words of a message that says enough to tell its cause wherever it was raised
KNOWN_MESSAGES = 1 << 16
ASSERTIONS = ("AssertionError", "Failed", "assert")


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
    masked = mask(failure.message)
    words = [word for word in masked.split() if word.strip("<>:.,()[]").isalpha()]
    bare = len(words) < TELLING or failure.exception.rpartition(".")[2] in ASSERTIONS
    frame = failure.frame if bare or masked.startswith(ASSERTIONS) else ""
    return Key(failure.exception, masked, frame)


def keys_of(failures: Iterable[Failure]) -> list[Key]:
    """Find the kind of each; thousands of failures have few messages among them."""
    known: dict[tuple[str, str, str], Key] = {}
    keys = []
    for failure in failures:
        said = (failure.exception, failure.message, failure.frame)
        if (key := known.get(said)) is None:
            key = key_of(failure)
            if len(known) < KNOWN_MESSAGES:
                known[said] = key
        keys.append(key)
    return keys
