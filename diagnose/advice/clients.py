"""HTTP clients that tests share, so that connections are kept and not made anew."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import cases, repeat
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
PORTS = 28_232  # net.ipv4.ip_local_port_range is 32768 to 60999 unless somebody changed it
LINGER = 60  # seconds for which a closed connection keeps its port
REQUESTS = '''\
import pytest
import requests


@pytest.fixture(scope="session")
def http():
    """One session for each worker: its connections are kept, and closed at the end."""
    with requests.Session() as session:
        yield session
'''
HTTPX = REQUESTS.replace("import pytest\nimport requests", "import httpx\nimport pytest").replace(
    "requests.Session()", "httpx.Client()"
)


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where connections that are made for each request used up the local ports."""
    for case in cases(diagnosis, {"ephemeral_ports"}):
        workers = max((run.workers for run in case.failing), default=1)
        count = case.first("count", "n").replace(",", "")
        counted = f"{int(count):,} were in TIME_WAIT. " if count.isdecimal() else ""
        yield Advice(
            "clients",
            title="Share one HTTP client in each worker, with keep-alive",
            why=(
                f"{case.tests} could get no local port ({case.raised}). {counted}Linux gives out "
                f"{PORTS:,} and keeps a closed one for {LINGER} s, so that more than "
                f"{PORTS // LINGER} new connections a second to one address use them up."
            ),
            effect=f"{workers} connections that stay, instead of one for every request.",
            proof=repeat(f"pytest -n {workers}", case.repeats),
            patches=(
                Patch("conftest.py", "python", HTTPX if "httpx" in case.text else REQUESTS),
                Patch("ports.sh", "shell", "ss -tan state time-wait | wc -l\n"),
            ),
            incidents=(case.id,),
        )
