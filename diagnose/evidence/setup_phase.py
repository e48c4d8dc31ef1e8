"""Failures before or after the test itself: in a fixture."""

from collections.abc import Iterator

from diagnose.evidence._features import setup_share
from diagnose.family import Evidence, Family

MOST = 0.5


def gather(family: Family) -> Iterator[Evidence]:
    """Say whether half of the failures happened in setup or teardown."""
    if len(family.told) < 2:
        return
    phases = [failure.phase for told in family.told for failure in told.result.failures[:1]]
    share = setup_share(phases) if len(phases) > 1 else 0.0
    if share >= MOST:
        outside = round(share * len(phases))
        yield Evidence("setup_phase", f"{outside} of {len(phases)} failed in a fixture")
