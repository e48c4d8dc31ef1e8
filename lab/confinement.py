"""The limits that a run is put under: control groups of its own, process limits, small disks."""

from __future__ import annotations

import os
import pwd
import resource
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CGROUPS = Path("/sys/fs/cgroup")
PERIOD = 100_000
RLIMITS = {
    "nofile": resource.RLIMIT_NOFILE,
    "as": resource.RLIMIT_AS,
    "nproc": resource.RLIMIT_NPROC,
    "core": resource.RLIMIT_CORE,
}


def settings(version: int, limit: str, value: float) -> dict[str, str]:
    """Return what to write into which file of a control group."""
    if limit == "cpus":
        quota = int(value * PERIOD)
        return (
            {"cpu.max": f"{quota} {PERIOD}"} if version == 2 else {"cpu.cfs_quota_us": f"{quota}"}
        )
    if limit == "pids":
        return {"pids.max": f"{int(value)}"}
    size = str(int(value * (1 << 20)))
    one = {"memory.limit_in_bytes": size, "memory.swappiness": "0"}
    return {"memory.max": size, "memory.swap.max": "0"} if version == 2 else one


CONTROLLER = {"memory": "memory", "pids": "pids", "cpus": "cpu"}


def places(root: Path, limit: str, own: str) -> tuple[int, Path]:
    """Return the version of the hierarchy that has a controller, and where a group may be made."""
    if (root / "cgroup.controllers").exists():
        return 2, root
    name = CONTROLLER[limit]
    path = next(
        (line.split(":", 2)[2] for line in own.splitlines() if line.split(":")[1] == name), "/"
    )
    return 1, root / name / path.lstrip("/")


@contextmanager
def groups(name: str, limits: Mapping[str, float], root: Path = CGROUPS) -> Iterator[list[Path]]:
    """Make control groups with these limits; remove them when all in them has ended."""
    own = Path("/proc/self/cgroup").read_text("utf-8")
    made: list[Path] = []
    try:
        for limit in [each for each in CONTROLLER if each in limits]:
            version, parent = places(root, limit, own)
            group = parent / name
            group.mkdir(exist_ok=version == 2)
            made.append(group)
            for file, text in settings(version, limit, limits[limit]).items():
                if file != "memory.swap.max" or (group / file).exists():  # no swap, no file
                    (group / file).write_text(text)
        yield made
    finally:
        for group in dict.fromkeys(made):
            _remove(group)


def _remove(group: Path) -> None:
    for _ in range(100):
        try:
            group.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{group} still has processes in it")


def enter(groups_: list[Path], limits: Mapping[str, Any]) -> Callable[[], None]:
    """Return what a child does before it becomes the program: enter the groups, take the limits."""
    user = pwd.getpwnam(limits["user"]) if limits.get("user") else None

    def prepare() -> None:
        for group in groups_:
            (group / "cgroup.procs").write_text(str(os.getpid()))
        for name, kind in RLIMITS.items():
            if name in limits:
                resource.setrlimit(kind, (int(limits[name]), int(limits[name])))
        if user:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

    return prepare


def mount(kind: str, place: Path, options: str, source: str = "lab") -> None:
    """Mount in this process's own namespace; it goes with the namespace."""
    place.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", kind, "-o", options, source, str(place)]
    subprocess.run(words, check=True)


def bind(source: Path, place: Path) -> None:
    """Show a folder at another place, in this process's own namespace."""
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "--bind", str(source), str(place)], check=True)


def let_others_in(wanted: Iterable[Path], spare: Path) -> None:
    """Show folders to any user, at their own places, where one above them is its owner's alone."""
    wanted = [path.resolve() for path in wanted]
    closed = {
        next((p for p in reversed(path.parents) if not p.stat().st_mode & 1), None)
        for path in wanted
    }
    for number, above in enumerate(sorted(closed - {None}, key=str)):
        assert above is not None
        kept = {
            path: spare / f"{number}-{n}" for n, path in enumerate(wanted) if above in path.parents
        }
        for path, place in kept.items():
            bind(path, place)
        mount("tmpfs", above, "size=1m,mode=755")
        for path, place in kept.items():
            bind(place, path)
