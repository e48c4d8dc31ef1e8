"""A worker that a real kernel really kills: in a control group of its own, which alone is short."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import diagnose
from diagnose.errors import InputError
from diagnose.intake import DMESG
from diagnose.readers._machine import machine_log

SUITE = Path(__file__).parent / "live_oom" / "test_hoard.py.txt"
ROOT = Path("/sys/fs/cgroup")
LIMIT = 240 << 20  # bytes: enough for pytest and two workers, not for one that hoards
PATIENCE = 60


def groups() -> Iterator[Path]:
    """Yield where a group of our own may be made: below ours, or (version 2) beside it."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "memory":
            yield ROOT / "memory" / path.lstrip("/")
        elif not controllers:
            own = ROOT / path.lstrip("/")
            yield from (own, own.parent) if own != ROOT else (own,)


def limit(group: Path) -> bool:
    """Set the limit of a group, if it is one that can be short of memory."""
    for name in ("memory.limit_in_bytes", "memory.max"):
        if (group / name).exists():
            (group / name).write_text(str(LIMIT))
            if (group / "memory.swap.max").exists():
                (group / "memory.swap.max").write_text("0")
            return True
    return False


@pytest.fixture
def group() -> Iterator[Path]:
    """Make a memory control group of 240 MiB, and remove it."""
    if not Path("/proc/self/cgroup").exists():
        pytest.skip("needs Linux: memory control groups")
    for parent in groups():
        made = parent / f"diagnose-live-{os.getpid()}"
        try:
            made.mkdir()
        except OSError:
            continue
        try:
            if limit(made):
                yield made
                return
        except OSError:
            continue
        finally:
            remove(made)
    pytest.skip("needs the right to make a memory control group")


def remove(group: Path) -> None:
    for _ in range(50):  # the dead leave their group a little later
        with suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.1)


@pytest.fixture
def killed(group: Path, tmp_path: Path) -> Path:
    """Run the suite in the group; return the folder of what it left."""
    try:
        machine_log()
    except InputError as error:
        pytest.skip(f"needs a kernel log that may be read: {error}")
    (tmp_path / "test_hoard.py").write_text(SUITE.read_text())
    console = tmp_path / "console.log"
    words = [sys.executable, "-m", "pytest", "-n", "2", "-v", "-p", "no:cacheprovider"]
    script = 'echo $$ > "$0/cgroup.procs" && exec "$@"'
    with console.open("wb") as out:
        subprocess.run(
            ["sh", "-c", script, str(group), *words, "--junitxml=junit.xml", "test_hoard.py"],
            cwd=tmp_path,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=PATIENCE,
            env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST")},
        )
    if group.name.encode() not in b"".join(machine_log().blocks()):
        pytest.skip("needs the kernel log of this machine, not of another")
    return tmp_path


def test_a_real_kill_names_its_worker_and_its_test(killed: Path, group: Path) -> None:
    run = f"live={killed / 'junit.xml'},{killed / 'console.log'}"
    diagnosis = diagnose.examine([run], kernel=[DMESG])
    mine = [kill for kill in diagnosis.kernel.kills if kill.run == "live"]
    assert [kill.test for kill in mine] == ["test_hoard.py::test_hoards"]
    assert mine[0].worker in ("gw0", "gw1")
    assert (mine[0].limit_cgroup or "").endswith(group.name)
    assert [each.cause for each in diagnosis.incidents] == ["oom_kill"]
    incident = next(each for each in diagnosis.kernel.incidents if each.id == mine[0].incident)
    assert incident.limit_kb == LIMIT // 1024
    assert incident.safe_workers is not None
    assert incident.safe_workers.n == 0
    assert "fewer workers do not help" in incident.safe_workers.basis
