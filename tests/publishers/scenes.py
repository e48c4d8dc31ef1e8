"""A diagnosis to deliver, a forge to deliver it to, and little patience."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from diagnose import api
from diagnose.diagnosis import Diagnosis
from diagnose.model import Run
from diagnose.publishers._order import Clock, Patience
from diagnose.table import Row, TestTable
from tests.publishers.forge import FakeForge, Hours
from tests.sample import sample

HASTY = Patience(silence=0.6)
HTML = "<!-- diagnose:report -->"
PLAIN = "[//]: # (diagnose:report)"


@dataclass
class Scene:
    """A forge, its name, and the hours that were slept."""

    name: str
    forge: FakeForge
    hours: Hours = field(default_factory=Hours)
    environ: dict[str, str] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        """Let a slow forge turn the clock."""
        self.forge.tick = self.hours.tick

    @property
    def marker(self) -> str:
        """Return the line that a comment begins with."""
        return HTML if self.forge.dialect.html else PLAIN

    def deliver(self, diagnosis: Diagnosis | None = None, **words: object) -> api.Posted:
        """Comment, as the command does."""
        where = api.Asked(api=self.forge.url)
        order = replace(api.Order(self.name, asked=where), **words)  # type: ignore[arg-type]  # tests name fields
        environ = self.forge.dialect.environ(self.forge.url) | self.environ
        clock = Clock(self.hours.now, self.hours.date, self.hours.sleep)
        line = api.Line(self.patience, clock)
        return api.comment(sample() if diagnosis is None else diagnosis, order, environ, line)

    def ours(self) -> list[str]:
        """Return the comments that bear the marker."""
        return self.forge.bodies(self.marker)


def green() -> Diagnosis:
    """Return a run of which nothing is to be said."""
    table = TestTable()
    table.extend([Row("tests.test_a", "test_one", seconds=0.1)])
    return Diagnosis((Run("serial", table=table, workers=1),))
