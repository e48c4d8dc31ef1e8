"""Failures before or after the test itself: in a fixture."""

from collections.abc import Iterator

from diagnose.family import Evidence, Family

MOST = 0.5


def gather(family: Family) -> Iterator[Evidence]:
    """Say whether half of the failures happened in setup or teardown."""
    phases = [failure.phase for told in family.told for failure in told.result.failures[:1]]
    outside = sum(phase in ("setup", "teardown") for phase in phases)
    if phases and outside / len(phases) >= MOST and len(phases) > 1:
        yield Evidence("setup_phase", f"{outside} of {len(phases)} failed in a fixture")
