"""One test that takes its worker down wherever it runs: that is no accident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from diagnose.family import Evidence, Family, Role
from diagnose.oom import KernelKill
from diagnose.words import plural, some

FEWEST = 2


def gather(family: Family) -> Iterator[Evidence]:
    """Find tests in which a worker died in every run that ran them, and none was out of memory."""
    if not family.died:
        return
    died: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for told in family.told:
        if any(failure.phase == "crash" for failure in told.result.failures):
            died[told.result.key].add(told.run)
            names[told.result.key] = told.result.id or told.result.key
    killed = _killed(family)
    again = [
        key
        for key, runs in died.items()
        if len(runs) >= FEWEST and runs == set(family.outcomes[key]) and names[key] not in killed
    ]
    if again:
        roles: dict[str, Role] = dict.fromkeys(again, "culprit")
        runs = plural(min(len(died[key]) for key in again), "run")
        named = some([names[key] for key in again], 2)
        text = f"the process dies in {named} in each of {runs}"
        yield Evidence("worker_death", text, roles=roles)


def _killed(family: Family) -> set[str]:
    """Name the tests whose process the kernel killed for memory."""
    facts = (fact for run in family.runs for fact in run.kernel)
    return {fact.test for fact in facts if isinstance(fact, KernelKill) and fact.test}
