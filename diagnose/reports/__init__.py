"""Report formats, one a module. Each writes a diagnosis down as text."""

from collections.abc import Callable, Iterable
from typing import Protocol

from diagnose.catalogue import Catalogue
from diagnose.diagnosis import Diagnosis


class Report(Protocol):
    """What a module of this package offers."""

    def render(self, diagnosis: Diagnosis, **options: str) -> str:
        """Return the whole report; the options are the format's own, each with a default."""


REPORTS: Catalogue[Report] = Catalogue(__name__)


def written(diagnosis: Diagnosis, name: str, **options: str) -> Iterable[str]:
    """Return a report in pieces, if its module has them as `pieces`: it may be long."""
    report = REPORTS[name]
    pieces: Callable[..., Iterable[str]] | None = getattr(report, "pieces", None)
    return pieces(diagnosis, **options) if pieces else [report.render(diagnosis, **options)]
