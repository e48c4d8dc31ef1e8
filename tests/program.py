"""The program as a user starts it, whose output the documents show."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUN = "import sys; sys.argv[0] = 'diagnose'; from diagnose.cli import main; main()"
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}


def children() -> set[str]:
    """Return the processes that this one started and that are there still, as Linux lists them."""
    here = str(os.getpid())
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == here:
            found.add(stat.parent.name)
    return found


def diagnose(*words: str, variables: Mapping[str, str] | None = None) -> str:
    """Run `diagnose` from the root of the checkout and return what it prints."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        cwd=ROOT,
        env={**os.environ, **PLAIN, **(variables or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
