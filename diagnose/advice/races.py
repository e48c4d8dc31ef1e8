"""Faults that show under concurrent requests only: provoke them on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat
from diagnose.advice._requests import endpoint, errors, origins
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
CAUSES = {"http_5xx", "app_exception", "assertion"}
RACE = '''\
"""Fires the same request many times at once; a race shows without a second worker."""

import concurrent.futures

import requests

BASE = "http://127.0.0.1:8000"
PATH = {path!r}
AT_ONCE = {many}


def test_concurrent_requests_all_succeed():
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(
            pool.map(lambda _: requests.{verb}(BASE + PATH, timeout=30), range(10 * AT_ONCE))
        )
    assert {{answer.status_code for answer in answers if answer.status_code >= 500}} == set()
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where a fault of the service needs requests that overlap."""
    for case in cases(diagnosis, CAUSES):
        clean = [run for run in case.clean if run.workers == 1]
        if case.parallel_only and clean and case.incident.verdict == "service_fault":
            yield _race(case)


def _race(case: Case) -> Advice:
    path, found = endpoint(case), errors(case)
    inner = next(origins(found[0]), "") if found else ""
    look = f"in the server at {inner}" if inner else f"behind {path}" if path else "in the product"
    verb = "post" if f"POST {path}" in "\n".join(e.text for e in found[:20]) else "get"
    many = max(run.workers for run in case.failing)
    content = RACE.format(path=path or "/", many=many, verb=verb)
    return Advice(
        "races",
        title=f"Look for a race {look}: it fails only under concurrent requests",
        why=(
            f"{case.tests} failed with {case.dose}, none serially, and no "
            "resource ran out. What is read and then written without a lock or a transaction is "
            "the first suspect. Fewer workers would only make it rarer: users are concurrent too."
        ),
        effect=f"A test with {many} requests at once fails each time until the race is gone.",
        proof=repeat("pytest -n 0 tests/test_race.py", 5),
        patches=(Patch("tests/test_race.py", "python", content),) if path else (),
        incidents=(case.id,),
    )
