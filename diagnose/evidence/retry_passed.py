"""Tests that passed when they were tried again at once."""

from collections.abc import Iterator

from diagnose.family import Evidence, Family


def gather(family: Family) -> Iterator[Evidence]:
    """Count the tests that were retried, and those that passed then."""
    tried = [told.result for told in family.told if len(told.result.attempts) > 1]
    if not tried:
        return
    passed = sum(result.attempts[-1].outcome == "passed" for result in tried)
    text = f"{passed} of {len(tried)} passed when tried again at once"
    yield Evidence("retry_passed", text, present=passed * 2 > len(tried))
