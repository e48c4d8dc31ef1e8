"""Says what was measured, and on what, as packages, programs and the system tell it."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distributions
from pathlib import Path
from shutil import which

NUMBER = re.compile(r"\d+(?:\.\d+)+")
PROGRAMS = (("rg", "--version"), ("lnav", "-V"), ("node", "--version"), ("java", "-version"))


def machine() -> str:
    """Say what this runs on, and how busy it is with other things."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} at the beginning"
    )


def versions(packages: Sequence[str], folder: Path, checkouts: Mapping[str, Path]) -> list[str]:
    """Name the packages below a folder, the programs and the checkouts that are there."""
    told = dict([*_python(folder), *_node(folder)])
    there = {name: told[name] for name in packages if name in told} | dict(_programs())
    for name, checkout in checkouts.items():
        there[name] = _number((checkout / "python" / "publish" / "__init__.py").read_text("utf-8"))
    return [f"{name} {there[name]}" for name in sorted(there)]


def _python(folder: Path) -> Iterator[tuple[str, str]]:
    places = [str(path) for path in folder.glob("lib/python*/site-packages")]
    for found in distributions(path=places):
        yield found.name, found.version


def _node(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.glob("node_modules/*/package.json"):
        yield path.parent.name, str(json.loads(path.read_text("utf-8")).get("version", "?"))


def _programs() -> Iterator[tuple[str, str]]:
    for command in PROGRAMS:
        if which(command[0]):
            it = subprocess.run(command, capture_output=True, text=True, check=False)
            yield command[0], _number(it.stdout + it.stderr)


def _number(text: str) -> str:
    found = NUMBER.search(text)
    return found[0] if found else "?"
