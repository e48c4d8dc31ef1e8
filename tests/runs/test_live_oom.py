"""A worker that a real kernel really kills: in a control group of its own, which alone is short."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import diagnose
from diagnose.errors import InputError
from diagnose.intake import DMESG
from diagnose.readers._machine import machine_log
from tests.runs.memory_groups import SELF, memory_group, places

SUITE = Path(__file__).parent / "live_oom" / "test_hoard.py.txt"
LIMIT = 240 << 20  # bytes: enough for pytest and two workers, not for one that hoards
PATIENCE = 60


@pytest.fixture
def group() -> Iterator[Path]:
    """Make a memory control group of 240 MiB, and remove it."""
    if not SELF.exists():
        pytest.skip("needs Linux: memory control groups")
    with memory_group(f"diagnose-live-{os.getpid()}", LIMIT, places()) as made:
        if made is None:
            pytest.skip("needs the right to make a memory control group")
        yield made


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
