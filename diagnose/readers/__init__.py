"""Input formats, one a module: each turns a file into records, and never raises for its content."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.model import Problem, Record, Session, Source
from diagnose.readers._file import File, Quiet


class Reader(Protocol):
    """What a module of this package offers.

    A reader whose module says `WHOLE = True` speaks for a whole file, from its first bytes (XML,
    JSON); the others may find their lines anywhere in a log, and share it.
    """

    WHOLE: bool

    def recognises(self, block: bytes) -> bool:
        """Say whether this block of a file (its first, or a later one) is of this format."""

    def read(self, file: File) -> Iterator[Record | Problem]:
        """Yield what the file says, in its order; at a tear, what came before and a problem."""


READERS: Catalogue[Reader] = Catalogue(__name__)
HEAD = 1 << 20
# A log of tests, or of a kernel, has dated lines too: this reader takes what no other wants.
LAST_RESORT = "service_log"


def recognise(file: File) -> tuple[str, ...]:
    """Name the readers that know this file, by its content; a log may hold lines for several."""
    head = file.head(HEAD)
    for name, reader in READERS.items():
        if reader.WHOLE and reader.recognises(head):
            return (name,)
    found = _line_readers(file)
    return tuple(name for name in found if name != LAST_RESORT) or found


def _line_readers(file: File) -> tuple[str, ...]:
    wanted = {name for name, reader in READERS.items() if not reader.WHOLE}
    found: set[str] = set()
    with suppress(OSError):  # a file that breaks off is known by what stands before
        for block in file.blocks():
            found |= {name for name in wanted - found if READERS[name].recognises(block)}
            if found >= wanted - {LAST_RESORT}:
                break
    return tuple(sorted(found))


def read(file: File, name: str) -> Iterator[Record | Problem]:
    """Read a file with that reader; one that breaks off ends there, as a session cut short."""
    torn: list[OSError] = []
    yield from READERS[name].read(replace(file, open=lambda: Quiet(file.open, torn)))
    if torn:
        yield Problem(Source(file.path), f"could not be read to its end: {torn[0]}")
        yield Session(Source(file.path), finished=False)
