"""Databases and names that workers share: one for each worker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat, short
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
SQLITE = '''\
import sqlite3

import pytest


@pytest.fixture(scope="session")
def database_path(tmp_path_factory, worker_id):
    """One SQLite file for each worker: writers of two workers never meet."""
    return tmp_path_factory.mktemp("database") / f"{worker_id}.sqlite3"


@pytest.fixture
def connection(database_path):
    """Wait for a lock up to five seconds, and let readers pass the writer."""
    connection = sqlite3.connect(database_path, timeout=5)
    connection.execute("PRAGMA journal_mode=WAL")
    yield connection
    connection.close()
'''
SERVER = '''\
import os
import uuid

import pytest

BASE = os.environ.get("TEST_DATABASE", "test")


@pytest.fixture(scope="session")
def database_name(worker_id):
    """One database for each worker: create it if absent, drop it at the end."""
    return f"{BASE}_{worker_id}"


@pytest.fixture
def unique(worker_id):
    """Make names that no other test, worker or earlier run has."""
    return lambda word: f"{word}-{worker_id}-{uuid.uuid4().hex[:8]}"
'''
EXISTS = re.compile(
    r'database "([^"\n]{1,100})" already exists|Key \(([^()\n]{1,100})\)=\(([^()\n]{0,80})\)'
)


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where tests of several workers meet in one database."""
    for case in cases(diagnosis, {"lock_contention"}):
        yield _locked(case)
    for case in cases(diagnosis, {"data_collision"}):
        yield _twice(case)


def _locked(case: Case) -> Advice:
    sqlite = bool(re.search(r"(?i)sqlite|database is locked", case.text))
    file = f" {short(case.first('path'), 100)}" if case.first("path") else ""
    what = f"one SQLite database file{file}" if sqlite else f"one database{file}"
    return Advice(
        "databases",
        title=f"Give each worker its own {'SQLite ' if sqlite else ''}database (worker_id)",
        why=(
            f"{case.tests} waited in vain for a lock of {what} ({case.raised}){_at(case)}; "
            f"{_counts(case)}."
        ),
        effect="Within a worker tests run one after another, so nobody holds a lock against them.",
        proof=repeat(f"pytest -n {_workers(case)}", case.repeats),
        patches=(Patch("conftest.py", "python", SQLITE if sqlite else SERVER),),
        incidents=(case.id,),
    )


def _twice(case: Case) -> Advice:
    match = EXISTS.search(case.text)
    database = match and match[1]
    if database:
        title = f"Create one database for each worker, not {short(database, 60)} for all"
        what = f"Every worker creates the database {short(database, 60)}"
    else:
        key = case.first("constraint", "column", "name", "object")
        pair = f" {match[2]} = {match[3]}" if match else ""
        title = f"Make the names unique that tests create{f' ({short(key, 60)})' if key else ''}"
        what = f"Two tests create the same{short(pair, 100) or ' record'}"
    return Advice(
        "databases",
        title=title,
        why=f"{what}{_at(case)}: {case.raised}. {_counts(case).capitalize()}.",
        effect=(
            "A worker_id in the database's name, or a unique part in each record's, and no two "
            "workers can meet."
        ),
        proof=repeat(f"pytest -n {_workers(case)}", case.repeats),
        patches=(Patch("conftest.py", "python", SERVER),),
        incidents=(case.id,),
    )


def _at(case: Case) -> str:
    return f" at {case.place}" if case.place else ""


def _counts(case: Case) -> str:
    clean = f", none with {case.safe}" if case.safe else ""
    return (
        f"{case.tests} failed with {case.dose}{clean}"
        if case.parallel_only
        else f"{case.tests} failed, serially too: leftovers of an earlier test or run"
    )


def _workers(case: Case) -> int:
    return max(2, *(run.workers for run in case.failing), 2)
