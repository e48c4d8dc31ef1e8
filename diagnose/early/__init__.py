"""What healthy tests already say of failures to come: one file a kind of warning."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.diagnosis import Diagnosis, EarlyWarning

MOST = 10  # lines: more would be read by nobody


class Lookout(Protocol):
    """What a module of this package offers; `RANK` says what is read first."""

    RANK: int

    def look(self, diagnosis: Diagnosis) -> Iterator[EarlyWarning]:
        """Yield what the tests that passed give away, the worst first; nothing where nothing is."""


LOOKOUTS: Catalogue[Lookout] = Catalogue(__name__)


def warnings(diagnosis: Diagnosis) -> tuple[EarlyWarning, ...]:
    """Collect the warnings of every kind; none of them is a verdict."""
    kinds = sorted(LOOKOUTS.values(), key=lambda kind: kind.RANK)
    return tuple(islice(chain.from_iterable(kind.look(diagnosis) for kind in kinds), MOST))
