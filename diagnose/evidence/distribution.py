"""How tests were dealt out to workers: those that disturb each other may be kept together."""

from collections.abc import Iterator

from diagnose.family import Evidence, Family
from diagnose.model import Run

SCATTERED = ("load", "worksteal", "each")
TOGETHER = ("loadscope", "loadfile", "loadgroup")


def gather(family: Family) -> Iterator[Evidence]:
    """Compare parallel runs that keep the tests of a file or group on one worker with others."""
    dealt = [(n, run, _dist(run)) for n, run in enumerate(family.runs) if run.workers > 1]
    if not dealt:
        return
    failed = set(family.failed_runs)
    apart = [(run, dist) for n, run, dist in dealt if n in failed and dist in SCATTERED]
    kept = [(n, run, dist) for n, run, dist in dealt if n in family.ran and dist in TOGETHER]
    if not apart or not kept:
        return
    bad, one_by_one = apart[0]
    good = next((each for each in kept if each[0] not in failed), None)
    number, run, dist = good or kept[0]
    if run.workers * 2 < bad.workers:
        return  # far fewer workers explain a difference as well
    how = "passes" if number not in failed else "fails even"
    text = (
        f"fails in {bad.label}, where tests are dealt out one by one ({one_by_one}); "
        f"{how} in {run.label}, which keeps those together that belong together ({dist})"
    )
    yield Evidence("distribution", text, present=number not in failed)


def _dist(run: Run) -> str:
    return next((s.details["dist"] for s in run.sessions if "dist" in s.details), "")
