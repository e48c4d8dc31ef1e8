"""Failures that keep to one worker: what an earlier test left behind in that process."""

from collections import Counter
from collections.abc import Iterator

from diagnose.evidence._features import same_worker
from diagnose.family import Evidence, Family

RARE = 0.05
FEWEST = 3  # two failures may well meet on one worker of eight
NEARLY_ALL = 0.9  # failures of one event fall together; that most of them did says nothing


def gather(family: Family) -> Iterator[Evidence]:
    """Compare where the failures ran with where all tests did."""
    for number in family.failed_runs:
        run = family.runs[number]
        failed = Counter(told.result.worker for told in family.in_run(number))
        if "" in failed or failed.total() < FEWEST:
            continue
        executed = run.table.per_worker() + Counter(result.worker for result in run.results)
        if len(executed - Counter({"": executed[""]})) < 2:
            continue
        chance = same_worker(failed, executed)
        worker, count = failed.most_common(1)[0]
        if chance is not None and chance <= RARE and count >= NEARLY_ALL * failed.total():
            text = f"{count} of {failed.total()} failures of {run.label} ran on {worker}"
            yield Evidence("one_worker", text)
            return
