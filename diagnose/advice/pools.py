"""Pools of connections: workers x (pool + overflow) must stay below what the server gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.advice._case import Case, cases, repeat
from diagnose.advice._limits import RESERVED, budget, pools, server_connections, stated_pool
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.words import plural

RANK = 1
RULE = "workers x (pool_size + max_overflow) <= max_connections - reserved - others"
REFUSED = re.compile(r"(?i)too many clients|connection slots are reserved|too many connections")
SHOW = """\
SHOW max_connections;
SHOW superuser_reserved_connections;
-- while the suite runs: who holds how many
SELECT application_name, usename, state, count(*)
FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;
"""
MYSQL = """\
SHOW VARIABLES LIKE 'max_connections';
-- the most that were ever open at once
SHOW STATUS LIKE 'Max_used_connections';
"""
ENGINE = '''\
import os

from sqlalchemy import create_engine

CONNECTIONS = {budget}  # of the server: max_connections - reserved - others
workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def engine_for_tests(url):
    """Give each worker its share, and no connection beyond it."""
    return create_engine(url, pool_size=max({least}, CONNECTIONS // workers), max_overflow=0)
'''
CLIENT = '''\
import httpx
import pytest


@pytest.fixture(scope="session")
def http():
    """One client for each worker, with room for all that a test asks at once."""
    limits = httpx.Limits(max_connections={size})
    with httpx.Client(limits=limits) as client:
        yield client
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise on pools of database and HTTP connections that were full."""
    for case in cases(diagnosis, {"db_connections"}):
        yield _local(case) if pools(case) else _server(case)
    for case in cases(diagnosis, {"http_pool"}):
        yield _client(case)


def _local(case: Case) -> Advice:
    """Advise where the pool in the process was full, whatever the server would still give."""
    found = pools(case)
    smallest = min(found, key=lambda pool: pool.most)
    shared = budget(case)
    said = "; ".join(
        f"with {plural(pool.workers, 'worker')} a pool held {pool.size} + {max(pool.overflow, 0)}"
        for pool in found
    )
    need = _need(case, smallest.most, shared)
    if shared:
        said += f": the workers share {shared} connections"
    elif slots := server_connections(case):
        shared = slots - RESERVED
        said += f"; the server gives {slots} - {RESERVED} reserved = {shared}"
    total = shared or need * max(case.fewest, 1)
    return Advice(
        "pools",
        title=f"Give each worker a pool of at least {need} connections",
        why=(
            f"{said[:1].upper()}{said[1:]}, and tests that want more at once wait until they "
            f"time out. {RULE}."
        ),
        effect=_room(need, total, known=bool(shared)),
        proof=repeat(f"pytest -n {max(1, total // need)} {_files(case)}", case.repeats),
        patches=(Patch("conftest.py", "python", ENGINE.format(budget=total, least=need)),),
        incidents=(case.id,),
    )


def _room(need: int, total: int, *, known: bool) -> str:
    """Reckon what the pools take together, and whether that is there."""
    fit = max(1, total // need)
    if known:
        return f"{_workers(fit)} with {need} each need {need * fit} of {total} connections."
    return (
        f"{_workers(fit)} with {need} each may take {need * fit} connections, so max_connections "
        f"must be at least {need * fit + RESERVED}; {need} is twice what was not enough."
    )


def _need(case: Case, smallest: int, shared: int) -> int:
    """Return the pool that sufficed in a clean run, else twice the one that did not."""
    if shared and case.safe:
        return max(smallest + 1, shared // case.safe)
    return 2 * max(smallest, 1)


def _workers(number: int) -> str:
    return plural(max(1, number), "worker")


def _server(case: Case) -> Advice:
    """Advise where the server had no slot left."""
    slots = server_connections(case)
    mysql = bool(case.search(r"(?i)mysql|mariadb|\b1040\b"))
    frame = next((f for f in case.frames if re.fullmatch(r"[a-z]\w*", f.function)), None)
    who = f" One was refused to `{frame.function}` ({frame.path}:{frame.line})." if frame else ""
    known = f"max_connections is {slots}, {RESERVED} of them reserved" if slots else "the log"
    told = f"{known}. " if slots else ""
    fits = (
        f"{_workers(case.safe)} did with what there is and {case.fewest} did not"
        if case.safe
        else f"{_workers(case.fewest)} wanted more than there is"
    )
    share = max(1, (slots - RESERVED) // max(case.fewest, 1)) if slots else 1
    return Advice(
        "pools",
        title="Bound the connections of each worker below the server's max_connections",
        why=f"The server refused connections: {fits}. {told}{_asked(case, slots)}{RULE}."
        f"{who}{_logged(case)}",
        effect=(
            f"With {share} for each of {_workers(case.fewest)} and no overflow, the sum stays "
            f"below the limit"
            + (f": {share * case.fewest} of {slots - RESERVED}." if slots else " once it is known.")
        ),
        proof=repeat(f"pytest -n {max(case.fewest, 1)} {_files(case)}", case.repeats),
        patches=(
            Patch(
                "conftest.py",
                "python",
                ENGINE.format(budget=slots - RESERVED if slots else case.fewest, least=1),
            ),
            Patch("connections.sql", "sql", MYSQL if mysql else SHOW),
        ),
        incidents=(case.id,),
    )


def _logged(case: Case) -> str:
    """Say that the server's own log bears it out, if it was given."""
    found = [event for event in case.events("service.error") if REFUSED.search(event.text)]
    if not found:
        return ""
    first = found[0].source
    return f" Its own log says so {plural(len(found), 'time')}, first at {first.path}:{first.line}."


def _asked(case: Case, slots: int) -> str:
    """Reckon what the pools may open together, where their size is stated."""
    pool = stated_pool(case)
    if not pool:
        return ""
    total, given = pool.workers * pool.most, slots - RESERVED
    more = f", more than {given}" if slots and total > given else ""
    each = f"({pool.size} + {max(pool.overflow, 0)})"
    return f"{_workers(pool.workers)} x {each} is {total}{more}. "


def _client(case: Case) -> Advice:
    size = int(case.first("size")) if case.first("size").isdecimal() else 10
    held = f" of {size}" if case.first("size") else ""
    return Advice(
        "pools",
        title="Give responses back to the HTTP pool, and make it as large as a test needs",
        why=(
            f"All connections{held} of the client's own pool were in use in {case.tests} "
            f"({case.raised}); the service was not even asked. Streams and responses that nobody "
            f"closes keep theirs.{_at(case)}"
        ),
        effect=f"A pool of {2 * size} is free again as soon as `with` closes a response.",
        proof=f"pytest -n 0 -W error::ResourceWarning {_files(case)}",
        patches=(Patch("conftest.py", "python", CLIENT.format(size=2 * size)),),
        incidents=(case.id,),
    )


def _at(case: Case) -> str:
    return f" Begin at {case.place}." if case.place else ""


def _files(case: Case) -> str:
    files = sorted({name.partition("::")[0] for name in case.ids})
    return " ".join(files[:3]) if all(name.isascii() and " " not in name for name in files) else ""
