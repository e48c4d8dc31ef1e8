"""How fast the machine is at the moment: a limit of seconds is one of work, not of its mood."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

USUAL = 0.05  # seconds that the loop below takes where the limits were set


def pace() -> float:
    """Return how many times as long as usual a piece of work takes; never less than once."""
    begun = process_time()
    assert sum(hash(str(number)) & 1 for number in range(300_000))
    return max(1.0, (process_time() - begun) / USUAL)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Insist that something takes no more than so many seconds of a processor of usual pace."""
    begun = process_time()
    yield
    spent = process_time() - begun
    allowed = seconds * pace()
    assert spent < allowed, f"took {spent:.2f} s of {allowed:.2f}"
