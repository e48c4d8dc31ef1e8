"""Event loops: what is made in one must not be used in another."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, listed
from diagnose.advice._project import option
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
FIXTURE = '''\
import asyncio

import pytest_asyncio


@pytest_asyncio.fixture(loop_scope="function")
async def queue():
    """Made inside the loop of the test that uses it, and gone with it."""
    yield asyncio.Queue()
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where an object met a loop that is not its own."""
    for case in cases(diagnosis, {"event_loop_conflict"}):
        yield _advice(diagnosis, case)


def _advice(diagnosis: Diagnosis, case: Case) -> Advice:
    frame = case.frame("product", "fixture", "test")
    at = f" at {frame.path}:{frame.line}" if frame else ""
    return Advice(
        "loops",
        title="Make clients, queues and locks inside the loop that uses them",
        why=(
            f"{case.tests} used something that was born in another event loop{at}: {case.raised}. "
            "Each test has a loop of its own unless told otherwise, so what a module makes at "
            "import, or a fixture of wider scope, outlives its loop. More or fewer workers only "
            "change which tests meet it."
        ),
        effect=(
            "With a fixture of the scope of its loop, each test finds an object of its own loop; "
            "or one loop for the session, and all share it."
        ),
        proof=f"pytest -n 0 {listed(case.ids)}",
        patches=(
            Patch("conftest.py", "python", FIXTURE),
            option(
                diagnosis,
                "asyncio_default_fixture_loop_scope",
                "session",
                "the other way: one loop for all, then also @pytest.mark.asyncio(loop_scope=...)",
            ),
        ),
        incidents=(case.id,),
    )
