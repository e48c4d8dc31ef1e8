"""Memory control groups of our own, in either version of the hierarchy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
SELF = Path("/proc/self/cgroup")


def places(root: Path = ROOT, own: Path = SELF) -> Iterator[Path]:
    """Yield where a group may be made: below ours, or (version 2) beside it and further up.

    A group of version 2 with processes in it can't hand a controller down, so ours never can.
    """
    mounted = root / "unified" if (root / "unified" / "cgroup.procs").exists() else root
    for line in own.read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if "memory" in controllers.split(","):
            yield root / "memory" / path.lstrip("/")
            yield root / "memory"  # a container sees its own path, which is the root here
        elif not controllers:
            below = mounted / path.lstrip("/")
            yield from (each for each in (below, *below.parents) if each.is_relative_to(mounted))


def limited(group: Path, size: int) -> bool:
    """Set the limit of a group, if it is one that can be short of memory."""
    for name, swap in (
        ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
        ("memory.max", "memory.swap.max"),
    ):
        if (group / name).exists():
            (group / name).write_text(str(size))
            if (group / swap).exists():
                (group / swap).write_text(str(size) if "memsw" in swap else "0")
            return True
    return False


def handed_down(parent: Path) -> None:
    """Let the groups below have the controller of memory, where version 2 wants to be asked."""
    control = parent / "cgroup.subtree_control"
    if control.exists() and "memory" not in control.read_text().split():
        with suppress(OSError):
            control.write_text("+memory")


@contextmanager
def memory_group(name: str, size: int, parents: Iterator[Path]) -> Iterator[Path | None]:
    """Make a group with this limit in the first place that allows it, and remove it; else none."""
    for parent in parents:
        made = parent / name
        try:
            handed_down(parent)
            made.mkdir()
        except OSError:
            continue
        try:
            ready = limited(made, size)
        except OSError:
            ready = False
        if ready:
            try:
                yield made
            finally:
                remove(made)
            return
        remove(made)
    yield None


def remove(group: Path) -> None:
    """Remove a group; the dead leave theirs a little later."""
    for _ in range(50):
        with suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.1)
