"""Whether the same tests fail again, or others each time.

Whom something could have hit are the tests of the same classes: those that do the like. That tests
of other kinds are spared is in the nature of most faults, and tells none from another. That others
are hit each time is in the nature of a race as well, whoever lost it.
"""

from collections import defaultdict
from collections.abc import Iterator

from diagnose.evidence._features import victim_overlap
from diagnose.evidence._kin import kin
from diagnose.family import Evidence, Family

TELLING = 1.0  # ln of the odds
OTHERS = 0.5  # weight where others fail each time


def gather(family: Family) -> Iterator[Evidence]:
    """Compare the failed tests of the first two runs of the same kind that have any."""
    parallel = [n for n in family.failed_runs if family.runs[n].workers > 1]
    if len(parallel) < 2 or _always(family):
        return
    first, second = parallel[:2]
    one = {told.result.key for told in family.in_run(first)}
    other = {told.result.key for told in family.in_run(second)}
    found, classes = kin(family), {told.result.classname for told in family.told}
    executed = min(sum(found[n].ran.get(each, 0) for each in classes) for n in (first, second))
    odds = victim_overlap(one, other, executed)
    if odds is None or abs(odds) < TELLING:
        return
    labels = f"{family.runs[first].label} and {family.runs[second].label}"
    shared = len(one & other)
    text = f"{shared} of {len(one | other)} failed in both {labels}"
    yield Evidence("same_victims", text, present=odds > 0, weight=1.0 if odds > 0 else OTHERS)


def _always(family: Family) -> bool:
    """Say whether each test fails wherever it runs, serially too: the comparison tells that."""
    failed: dict[str, set[int]] = defaultdict(set)
    for told in family.told:
        failed[told.result.key].add(told.run)
    serially = any(family.runs[number].workers == 1 for number in family.failed_runs)
    return serially and all(runs == set(family.outcomes[key]) for key, runs in failed.items())
