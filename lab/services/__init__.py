"""The real parts beside a product: one module a kind, each with `start(place, told)`."""

from __future__ import annotations

import importlib
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

PATIENCE = 60.0


class Kind(Protocol):
    """What a module of this folder has."""

    def start(self, place: Path, told: Mapping[str, Any]) -> subprocess.Popen[bytes]:
        """Start the part in its folder and return when it answers."""


def kind_of(name: str) -> Kind:
    """Return the module of a kind."""
    found: Any = importlib.import_module(f"lab.services.{name}")
    kind: Kind = found
    return kind


@contextmanager
def started(name: str, place: Path, told: Mapping[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """Have a part running, and stop it by its own id."""
    process = kind_of(told.get("kind", name)).start(place, told)
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process politely, then for certain."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody listens on a port of the loopback interface."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    stop(process)
    raise TimeoutError(f"nobody listens on port {port}")
