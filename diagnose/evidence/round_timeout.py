"""Failures that last as long as a round time-out: somebody waited, and gave up."""

from collections.abc import Iterator

from diagnose.evidence._features import SLOW, timeout_fingerprint
from diagnose.family import Evidence, Family

LIKELY = 1.6  # ln of the odds, five to one


def gather(family: Family) -> Iterator[Evidence]:
    """Compare the failures of each run with its passing tests, which set the measure."""
    for number in family.failed_runs:
        failing = [told.result.seconds for told in family.in_run(number)]
        known = [seconds for seconds in failing if seconds]
        if max(known, default=0.0) < SLOW:
            continue
        found = timeout_fingerprint(known, family.runs[number].table.slow(SLOW))
        if found and found.hits and found.log_odds > LIKELY:
            text = f"{found.hits} of {len(known)} failures last {found.seconds} s: a time-out"
            yield Evidence("round_timeout", text)
            return
