"""Input formats, one a module. Each turns a file into records, and never raises for what it says."""

from collections.abc import Iterator
from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.model import Problem, Record
from diagnose.readers._file import File


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
