"""PostgreSQL, with as few slots as a scenario likes."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.services import PATIENCE, stop

PORT = 5432
STEADY = {"listen_addresses": "127.0.0.1", "fsync": "off", "log_line_prefix": "%m [%p] %q%u@%d "}


def programs() -> Path:
    """Return the folder of the newest server that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return found[-1]


def start(place: Path, told: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Make a cluster and its database, and start it."""
    shutil.chown(place, "postgres", "postgres")
    data, log = place / "data", place / "postgresql.log"
    how = {"user": "postgres", "group": "postgres", "cwd": place}
    auth = "scram-sha-256" if "password" in told else "trust"
    words = [programs() / "initdb", "-D", data, "-U", "app", "-A", auth, "--no-sync"]
    if "password" in told:
        secret = place / "password"
        secret.write_text(told["password"])
        secret.chmod(0o644)
        words += ["--pwfile", secret]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, **how)  # type: ignore[call-overload]  # the words of `how` are known
    options = {**STEADY, **told.get("settings", {}), "unix_socket_directories": place}
    given = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [programs() / "postgres", "-D", data, "-p", str(PORT), *given],
            stdout=out,
            stderr=out,
            user="postgres",
            group="postgres",
            cwd=place,
        )
    _ready(process, place, told)
    return process


def _ready(process: subprocess.Popen[bytes], place: Path, told: Mapping[str, Any]) -> None:
    end = time.monotonic() + PATIENCE
    variables = {**os.environ, "PGPASSWORD": told.get("password", "")}
    schema = told.get("schema", "select 1")
    words = [programs() / "psql", "-qX", "-h", str(place), "-U", "app", "postgres", "-c", schema]
    while time.monotonic() < end:
        asked = subprocess.run(words, capture_output=True, env=variables, check=False)
        if asked.returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    stop(process)
    raise RuntimeError(f"PostgreSQL is not ready: {asked.stderr.decode()}")
