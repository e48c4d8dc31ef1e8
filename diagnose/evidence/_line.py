"""A line of a failed test's text, and its place."""

from __future__ import annotations

from typing import NamedTuple

from diagnose.clues import Place
from diagnose.family import LONGEST


class Line(NamedTuple):
    """One line of a text, its place, and where in it the matter begins.

    An empty place means that no pattern may look: a test's name, a test that passed.
    """

    number: int
    text: str
    place: Place | None
    start: int = 0
    words: str = ""

    @property
    def tells(self) -> bool:
        """Say whether it is what something said, and no line of the program's source."""
        return self.place is not None and self.place != "traceback"

    @property
    def said(self) -> str:
        """Return the part that patterns may look at."""
        return self.words or self.found

    @property
    def found(self) -> str:
        """Return the same, as it stands in the file."""
        if not self.start and len(self.text) <= LONGEST:
            return self.text
        return self.text[self.start : self.start + LONGEST]
