"""A failure where every run is known to be serial: nothing ran beside it."""

from collections.abc import Iterator

from diagnose.evidence._runner import short_of
from diagnose.family import Evidence, Family
from diagnose.words import some

# What needs others beside it to happen; what piles up in one process does not, as its runner says.
BY_OTHERS = {
    *("starved_response", "cpu_starvation", "db_connections", "http_pool", "lock_contention"),
    *("service_down", "rate_limit", "http_5xx", "assertion", "app_exception", "unknown"),
}
KNOWN = ("stated", "log", "report")


def gather(family: Family) -> Iterator[Evidence]:
    """Say so where tests ran one at a time: nothing else can have used anything up."""
    if family.cause not in BY_OTHERS or not family.ran:
        return
    runs = [family.runs[number] for number in family.ran]
    if any(map(short_of, runs)):
        return
    if all(run.workers == 1 and run.workers_source in KNOWN for run in runs):
        labels = some([family.runs[number].label for number in family.failed_runs])
        yield Evidence("serial_run", f"{labels} ran one test at a time, and it failed even so")
