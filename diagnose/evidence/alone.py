"""Failures that need other tests before them: they pass serially where others were left out."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.family import Evidence, Family
from diagnose.words import plural

FEWER = 0.8  # share of the tests: with as good as all of them, nothing was left out


def gather(family: Family) -> Iterator[Evidence]:
    """Find a serial run in which all pass among fewer tests than in one in which they fail."""
    serial = [number for number, run in enumerate(family.runs) if run.workers == 1]
    failed = [number for number in family.failed_runs if number in serial]
    passed = [number for number in serial if number not in failed and _passed(family, number)]
    for whole in failed:
        for part in passed:
            many, few = _ran(family, whole), _ran(family, part)
            if few <= FEWER * many and _again(family, whole, part):
                text = (
                    f"passes in {family.runs[part].label}, where {plural(few, 'test')} ran, "
                    f"and fails in {family.runs[whole].label}, where {many} did"
                )
                yield Evidence("alone", text)
                return


def _passed(family: Family, number: int) -> bool:
    """Say whether a run was seen to its end, and some of the tests passed in it."""
    ends = [outcomes.get(number) for outcomes in family.outcomes.values()]
    return family.runs[number].complete and "passed" in ends


def _ran(family: Family, number: int) -> int:
    counts = family.runs[number].counts
    return counts["tests"] - counts["skipped"]


def _again(family: Family, whole: int, part: int) -> bool:
    """Say whether most of the tests that failed among all ran among the few."""
    failed = [told.result.key for told in family.in_run(whole)]
    again = [key for key in failed if family.outcomes[key].get(part) == "passed"]
    return 2 * len(again) > len(failed)
