"""Faults of the service: where to look, with its own words beside the failure."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, labels, listed
from diagnose.advice._requests import endpoint, errors, origins, said
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
LOG = """\
# beside the tests, so that the next failure has the service's side
docker compose logs --timestamps --no-color > service.log 2>&1 || true
"""


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Say where to look for what the service did."""
    for case in cases(diagnosis, {"http_5xx", "app_exception"}):
        yield _error(case)
    for case in cases(diagnosis, {"assertion"}):
        yield _wrong(case)
    for case in cases(diagnosis, {"service_down"}):
        yield _down(case)


def _error(case: Case) -> Advice:
    path = endpoint(case)
    status = case.first("status", "got", "left")
    answered = f"answered {status}" if status else "failed"
    subject = f"{path} {answered}" if path else f"The service {answered}"
    found = errors(case)
    title = f"Fix the server error behind {path}" if path else "Fix the error in the product"
    why = f"{subject} in {case.tests} ({labels(case.failing)}); {_when(case)}. "
    if found:
        inner = next(origins(found[0]), "")
        why += f"The server log says: {said(found[0])}" + (f", raised at {inner}" if inner else "")
    elif case.place and not path:
        why += f"It was raised at {case.place}: {case.raised}"
    else:
        why += "No log of the server was given: its traceback at that minute is the failure."
    return Advice(
        "services",
        title=title,
        why=why,
        effect="Once the error is gone from the server log, these tests pass; retries hide it.",
        proof=f"pytest -n {_workers(case)} {listed(case.ids)}",
        patches=() if found or not path else (Patch("collect.sh", "shell", LOG),),
        incidents=(case.id,),
    )


def _workers(case: Case) -> int:
    return 0 if case.fewest <= 1 else case.fewest


def _when(case: Case) -> str:
    if case.seems_serial:
        return "by its times the run was serial, so the number of workers is hardly the reason"
    if case.fewest == 1:
        return "a serial run fails too, so the number of workers is not the reason"
    if not any(run.workers < case.fewest for run in case.runs):
        return f"with {case.dose}, and there is no run with fewer"
    return f"only with {case.dose}"


def _wrong(case: Case) -> Advice:
    place = case.frame("product") or case.frame("test")
    at = f"{place.path}:{place.line}" if place else case.ids[0] if case.ids else "the assertion"
    return Advice(
        "services",
        title=f"Compare what {at} expects with what the product does now",
        why=f"{case.tests}: {case.raised}. {_when(case).capitalize()}.",
        effect="One change, to the product or to the expectation, mends all tests of this cause.",
        proof=f"pytest -n {_workers(case)} {listed(case.ids)}",
        patches=(
            Patch(
                "bisect.sh",
                "shell",
                f"git bisect start HEAD LAST_GREEN\n"
                f"git bisect run pytest -n 0 -x {listed(case.ids[:1])}\n",
            ),
        ),
        incidents=(case.id,),
    )


def _down(case: Case) -> Advice:
    host = case.first("host") or "the service"
    found = errors(case)
    last = f"The last that its log says: {said(found[-1])}" if found else "No log of it was given."
    return Advice(
        "services",
        title=f"Find out why {host} was not there, in its log at the first failure",
        why=f"{case.tests} found nobody listening ({case.raised}). {last}",
        effect="A fixture that waits for readiness fails once and says so, instead of every test.",
        proof=f"pytest -n 0 {listed(case.ids)}",
        patches=(Patch("conftest.py", "python", READY), Patch("collect.sh", "shell", LOG)),
        incidents=(case.id,),
    )


READY = '''\
import os
import socket
import time

import pytest

HOST = os.environ.get("SERVICE_HOST", "127.0.0.1")
PORT = int(os.environ.get("SERVICE_PORT", "8000"))


@pytest.fixture(scope="session", autouse=True)
def service_is_up():
    """Wait until the service listens; give up once, for all tests."""
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((HOST, PORT), timeout=2).close()
        except OSError as error:
            if time.monotonic() > deadline:
                pytest.exit(f"{HOST}:{PORT} is not up: {error}", returncode=3)
            time.sleep(0.5)
        else:
            return
'''
