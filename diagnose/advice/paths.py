"""Files that several tests write: a directory for each test, or for each worker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat, short
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
PATH = re.compile(
    r"(?:FileNotFoundError|FileExistsError|Errno \d+\])[^\n'\"]{0,120}['\"]([^'\"\n]{1,300})"
)
OWN = '''\
import pytest


@pytest.fixture(autouse=True)
def own_directory(tmp_path, monkeypatch):
    """Relative paths end in a directory of the test's own; absolute ones need `tmp_path`."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def worker_directory(tmp_path_factory, worker_id):
    """For what is too dear to make for each test: one directory for each worker."""
    return tmp_path_factory.mktemp(worker_id)
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where tests met in one file."""
    for case in cases(diagnosis, {"file_collision"}):
        yield _advice(case)


def _advice(case: Case) -> Advice:
    path = case.first("path")
    match = PATH.search(case.text)
    path = short(path or (match[1] if match else ""), 120)
    product = case.frame("product", "fixture", "test")
    at = f" ({product.path}:{product.line})" if product else ""
    named = path or "the same file"
    workers = max((run.workers for run in case.failing), default=2)
    s = "s" if case.size == 1 else ""
    return Advice(
        "paths",
        title=f"Give each test its own path instead of {_name(path)} (tmp_path)",
        why=(
            f"{case.tests} use{s} {named}{at}; while one worker writes it, another reads or "
            f"deletes it: {case.raised}."
        ),
        effect="With tmp_path for each test, and worker_id in shared paths, no two share a file.",
        proof=repeat(f"pytest -n {max(2, workers)}", case.repeats),
        patches=(Patch("conftest.py", "python", OWN),),
        incidents=(case.id,),
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2] or "a shared file"
