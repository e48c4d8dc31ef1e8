"""Ports that several workers want: let the system choose."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat, where
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
FREE = '''\
import socket

import pytest


@pytest.fixture
def listener():
    """Listen on a free port that the system chose, and hand over the socket itself."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server  # its port: server.getsockname()[1]


def port_of(worker_id, base={base}):
    """For servers that can't bind port 0: one fixed port for each worker."""
    return base + int(worker_id.removeprefix("gw") if worker_id != "master" else 0)
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where an address was in use."""
    for case in cases(diagnosis, {"port_conflict"}):
        yield _advice(case)


def _advice(case: Case) -> Advice:
    port = case.first("port")
    known = f"port {port}" if port.isdecimal() else "a fixed port"
    frame = case.frame("fixture") or case.frame("product", "test")
    binder = case.frame("product") or frame
    who = f", bound at {where(binder)}" if binder else ""
    through = f" through the fixture `{frame.function}`" if frame and frame is not binder else ""
    workers = max(2, *(run.workers for run in case.failing), 2)
    return Advice(
        "ports",
        title="Bind port 0 and pass on the free port that the system chose",
        why=(
            f"{case.tests} wanted {known}{who}{through}, while another worker, or an earlier "
            f"test, still had it ({case.raised})."
        ),
        effect=f"No two of {workers} workers can meet: every server has a port of its own.",
        proof=repeat(f"pytest -n {workers}", case.repeats),
        patches=(
            Patch("conftest.py", "python", FREE.format(base=port if port.isdecimal() else 20000)),
        ),
        incidents=(case.id,),
    )
