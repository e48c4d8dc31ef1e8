"""Report formats, one a module. Each writes a diagnosis down as text."""

from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.diagnosis import Diagnosis


class Report(Protocol):
    """What a module of this package offers."""

    def render(self, diagnosis: Diagnosis, **options: str) -> str:
        """Return the whole report; the options are the format's own, each with a default."""


REPORTS: Catalogue[Report] = Catalogue(__name__)
