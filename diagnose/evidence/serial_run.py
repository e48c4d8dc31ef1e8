"""A failure of a run that is known to be serial, where no other run can be held beside it."""

from collections.abc import Iterator

from diagnose.family import Evidence, Family

# What needs others beside it to happen; what piles up in one process does not.
BY_OTHERS = {
    *("starved_response", "cpu_starvation", "db_connections", "http_pool", "lock_contention"),
    *("service_down", "rate_limit", "http_5xx", "assertion", "app_exception", "unknown"),
}
KNOWN = ("stated", "log", "report")


def gather(family: Family) -> Iterator[Evidence]:
    """Say so where tests ran one at a time: nothing else can have used anything up."""
    ran = {run for outcomes in family.outcomes.values() for run in outcomes}
    if len(ran) != 1 or family.cause not in BY_OTHERS:
        return  # with several runs, their comparison says more
    run = family.runs[ran.pop()]
    if run.workers == 1 and run.workers_source in KNOWN:
        yield Evidence("serial_run", f"{run.label} ran one test at a time, and it failed even so")
