"""The product's own service, or a double of a partner's."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.confinement import enter
from lab.services import wait_for


def start(place: Path, told: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Start it in the product's folder; it listens on its port when it is ready."""
    with (place / "app.log").open("ab") as out:
        process = subprocess.Popen(
            shlex.split(told["command"]),
            stdout=out,
            stderr=out,
            cwd=told["cwd"],
            env=told["environ"],
            preexec_fn=enter([], told.get("limits", {})),
        )
    wait_for(told["port"], process)
    return process
