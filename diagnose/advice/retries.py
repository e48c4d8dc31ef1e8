"""Quotas: wait as long as the service asks, and ask less."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat
from diagnose.advice._limits import asked_each_second, rate
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 2
RETRY = '''\
import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


@pytest.fixture(scope="session")
def http():
    """Waits as long as `Retry-After` says, else 1, 2, 4 ... seconds, with some jitter."""
    retry = Retry(
        total=6,
        status_forcelist=[429],
        allowed_methods=None,
        backoff_factor=1,
        backoff_jitter=1,
        respect_retry_after_header=True,
    )
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retry))
        session.mount("https://", HTTPAdapter(max_retries=retry))
        yield session
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where a service refused for being asked too often."""
    for case in cases(diagnosis, {"rate_limit"}):
        yield _advice(case)


def _advice(case: Case) -> Advice:
    seconds = case.first("seconds")
    asks = f" It asks to wait {seconds} s." if seconds else ""
    allowed = rate(case)
    limit = f" The limit is {allowed.said}." if allowed else ""
    asked = [
        f"{asked_each_second(run):.1f} a second in {run.label}"
        for run in case.failing
        if asked_each_second(run)
    ]
    heard = f" Requests: {', '.join(asked[:3])}." if asked else ""
    workers = max((run.workers for run in case.failing), default=1)
    return Advice(
        "retries",
        title="Retry with back-off where the rate limit answers 429, in the client",
        why=(
            f"{case.were} refused for asking too often ({case.raised}).{limit}{asks}{heard} "
            "All workers draw on one quota."
        ),
        effect=(
            f"Requests over the limit wait instead of failing; the run takes longer with {workers} "
            "workers. A double of the service, or a key for each worker, needs no waiting."
        ),
        proof=repeat(f"pytest -n {workers if workers > 1 else 0}", case.repeats),
        patches=(Patch("conftest.py", "python", RETRY),),
        incidents=(case.id,),
    )
