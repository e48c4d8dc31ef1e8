"""What is gathered from records: one file a kind of evidence, each with a row in the tables."""

from collections.abc import Iterator
from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.family import Evidence, Family


class Gatherer(Protocol):
    """What a module of this package offers."""

    def gather(self, family: Family) -> Iterator[Evidence]:
        """Yield what bears on the family; nothing where nothing can be said."""


GATHERERS: Catalogue[Gatherer] = Catalogue(__name__)


def gather(family: Family) -> Iterator[Evidence]:
    """Look for every kind of evidence."""
    for gatherer in GATHERERS.values():
        yield from gatherer.gather(family)
