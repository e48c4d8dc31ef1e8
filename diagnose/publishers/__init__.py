"""Places that a report is delivered to, one a module: a comment on a pull request of that forge."""

from collections.abc import Mapping
from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.publishers._address import Address, Asked
from diagnose.publishers._forge import Forge


class Publisher(Protocol):
    """What a module of this package offers.

    `LIMIT` is how much a comment may hold; `HTML`, whether it may hide and fold with tags.
    """

    LIMIT: int
    HTML: bool

    def find(self, asked: Asked, environ: Mapping[str, str]) -> Address:
        """Find out where to and with which token, or say what is missing."""

    def forge(self, address: Address) -> Forge:
        """Tell how that forge is talked to about this pull request."""


PUBLISHERS: Catalogue[Publisher] = Catalogue(__name__)
