"""What a scenario needs of the machine: Debian's packages, rights, parts of the kernel."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from lab.confinement import CGROUPS, CONTROLLER

PROGRAMS = {
    "postgresql": "/usr/lib/postgresql/*/bin/postgres",
    "redis-server": "/usr/bin/redis-server",
    "nginx-light": "/usr/sbin/nginx",
    "openssl": "/usr/bin/openssl",
    "iproute2": "/usr/sbin/ip",
    "util-linux": "/usr/bin/unshare",
}
ALWAYS = ("namespaces", "iproute2")
ALONE = ["unshare", "--net", "--mount", "--uts", "--"]


def lacking(needs: Iterable[str]) -> list[str]:
    """Return, by name, what this machine has not."""
    return [name for name in dict.fromkeys((*ALWAYS, *needs)) if not has(name)]


@cache
def has(name: str) -> bool:
    """Say whether the machine has a package, a right, or a part of the kernel."""
    if name in PROGRAMS:
        return any(Path("/").glob(PROGRAMS[name].lstrip("/")))
    return ABLE[name]()


def _namespaces() -> bool:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


def _group(limit: str) -> bool:
    v2 = CGROUPS / "cgroup.subtree_control"
    if v2.exists():
        return CONTROLLER[limit] in v2.read_text("utf-8").split()
    return os.access(CGROUPS / CONTROLLER[limit], os.W_OK)


def _kernel_log() -> bool:
    return subprocess.run(["dmesg"], capture_output=True, check=False).returncode == 0


def _inotify() -> bool:
    most = Path("/proc/sys/fs/inotify/max_user_instances")
    return most.exists() and int(most.read_text("utf-8")) == 128


ABLE: dict[str, Callable[[], bool]] = {
    "namespaces": _namespaces,
    "kernel log": _kernel_log,
    "128 inotify instances": _inotify,
    **{f"cgroup {limit}": lambda limit=limit: _group(limit) for limit in CONTROLLER},  # type: ignore[misc]  # a default binds the limit
}


def install(needs: Iterable[str]) -> None:
    """Install Debian's packages where this is allowed; what fails is lacking, and said so."""
    wanted = [name for name in dict.fromkeys((*ALWAYS, *needs)) if name in PROGRAMS]
    missing = [name for name in wanted if not has(name)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        words = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
        subprocess.run(words, capture_output=True, check=False)
        has.cache_clear()
