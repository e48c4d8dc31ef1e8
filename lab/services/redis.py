"""Redis, in memory alone."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.services import wait_for

PORT = 6379


def start(place: Path, told: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Start a server that saves nothing."""
    options = {"port": PORT, "bind": "127.0.0.1", "save": "", **told.get("settings", {})}
    given = [word for key, value in options.items() for word in (f"--{key}", str(value))]
    with (place / "redis.log").open("ab") as out:
        process = subprocess.Popen(["redis-server", *given], stdout=out, stderr=out, cwd=place)
    wait_for(PORT, process)
    return process
