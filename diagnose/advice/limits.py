"""Limits of the machine: files, processes, watches, shared memory, disk, graphics memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from diagnose.advice._case import Case, cases, labels, repeat
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.words import plural

RANK = 2
THREADS = "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1"
GPU = '''\
import gc
import os

import pytest

CARDS = int(os.environ.get("TEST_GPUS", "1"))
number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ.setdefault("CUDA_VISIBLE_DEVICES", str(number % CARDS))
os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")


@pytest.fixture(autouse=True)
def free_gpu_memory():
    """Give back what a test left on the card."""
    yield
    gc.collect()
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise on the limit that was reached: what it is, how to see it, how to raise it."""
    for case in cases(diagnosis, set(LIMITS)):
        yield LIMITS[case.incident.cause](case)


def _count(case: Case) -> str:
    """Say with how many workers it failed, and with how many not."""
    said = f"{case.tests} failed in {labels(case.failing)}"
    return f"{said}; not in {labels(case.clean)}" if case.clean else said


def _proof(case: Case, before: str) -> str:
    workers = max((run.workers for run in case.failing), default=1)
    return f"{before} && {repeat(f'pytest -n {workers if workers > 1 else 0}', case.repeats)}"


def _files(case: Case) -> Advice:
    limit = case.first("limit", "n")
    known = f" of {limit}" if limit.isdecimal() else ""
    wanted = max(4096, 2 * int(limit)) if limit.isdecimal() and len(limit) < 7 else 4096
    return Advice(
        "limits",
        title=f"Raise the limit on open file descriptors (ulimit -n {wanted}) only after closing",
        why=(
            f"{_count(case)}: the process reached its limit{known} ({case.raised}). A higher "
            "ulimit helps where the number is honest; files that nobody closes use up any limit."
        ),
        effect=f"Room for {wanted} open files in each process.",
        proof=_proof(case, f"ulimit -n {wanted}"),
        patches=(Patch("job.sh", "shell", f"ulimit -Sn; ulimit -Hn\nulimit -n {wanted}\n"),),
        incidents=(case.id,),
    )


def _processes(case: Case) -> Advice:
    workers = max((run.workers for run in case.failing), default=1)
    return Advice(
        "limits",
        title="Let each worker start fewer threads, then raise the process limit",
        why=(
            f"{_count(case)}: no process or thread could be started ({case.raised}). Numeric "
            "libraries start one thread for each processor in each process: "
            f"{workers} workers x as many threads as processors count against `ulimit -u` and "
            "`pids.max`."
        ),
        effect=f"{plural(workers, 'worker')} with one computing thread each: {workers} in all.",
        proof=_proof(case, f"export {THREADS}"),
        patches=(
            Patch(
                "job.sh",
                "shell",
                f"export {THREADS}\n"
                "ulimit -u; cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids.current\n"
                "ulimit -u 8192  # or: docker run --pids-limit 8192\n",
            ),
        ),
        incidents=(case.id,),
    )


def _watches(case: Case) -> Advice:
    return Advice(
        "limits",
        title="Raise the host's inotify limits, or do not watch files in tests",
        why=f"{_count(case)} ({case.raised}). The limits count for a user, so workers share them.",
        effect="524,288 watches in 1,024 instances for all workers together.",
        proof=_proof(case, "sysctl fs.inotify"),
        patches=(
            Patch(
                "host.sh",
                "shell",
                "sysctl -w fs.inotify.max_user_watches=524288\n"
                "sysctl -w fs.inotify.max_user_instances=1024\n",
            ),
        ),
        incidents=(case.id,),
    )


def _shared(case: Case) -> Advice:
    workers = max((run.workers for run in case.failing), default=1)
    size = max(1, -(-workers // 4))
    return Advice(
        "limits",
        title=f"Give the container {size} GiB of shared memory (--shm-size={size}g)",
        why=(
            f"{_count(case)} ({case.raised}). A container has 64 MiB in /dev/shm unless told "
            f"otherwise: {64 / workers:.0f} MiB for each of {plural(workers, 'worker')}."
        ),
        effect=f"{size * 1024 // workers} MiB for each worker.",
        proof=_proof(case, "df -h /dev/shm"),
        patches=(
            Patch("job.sh", "shell", f"docker run --shm-size={size}g IMAGE pytest\n"),
            Patch("compose.yaml", "yaml", f"services:\n  tests:\n    shm_size: {size}gb\n"),
        ),
        incidents=(case.id,),
    )


def _disk(case: Case) -> Advice:
    left = case.first("mb")
    free = f" {left} MB were left." if left else ""
    return Advice(
        "limits",
        title="Free disk space before the run, and keep only failed tests' temporary files",
        why=f"{_count(case)}: the disk was full ({case.raised}).{free} "
        "pytest keeps the temporary directories of its last three runs.",
        effect="Temporary files of passed tests are gone as soon as they pass.",
        proof=_proof(case, "df -h; df -i"),
        patches=(
            Patch(
                "job.sh",
                "shell",
                "df -h; df -i\ndocker system prune --force || true\n"
                "pytest -o tmp_path_retention_policy=failed -o tmp_path_retention_count=1\n"
                "df -h; df -i\n",
            ),
        ),
        incidents=(case.id,),
    )


def _card(case: Case) -> Advice:
    size = case.first("size")
    wanted = f" A request for {size} could not be met." if size else ""
    return Advice(
        "limits",
        title="Give each graphics card one worker, and free its memory after each test",
        why=f"{_count(case)}: memory of the card ran out ({case.raised}).{wanted} Every worker "
        "that computes on a card holds a context and a cache of its own there.",
        effect="One context a card, and nothing of one test left for the next.",
        proof=_proof(case, "nvidia-smi"),
        patches=(Patch("conftest.py", "python", GPU),),
        incidents=(case.id,),
    )


LIMITS: dict[str, Callable[[Case], Advice]] = {
    "file_descriptors": _files,
    "processes_threads": _processes,
    "inotify_watches": _watches,
    "shared_memory": _shared,
    "disk_space": _disk,
    "gpu_memory": _card,
}
