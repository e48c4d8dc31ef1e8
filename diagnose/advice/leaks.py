"""What is opened or made and never given back: who to look at, and how to catch it."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, labels
from diagnose.diagnosis import Advice, Diagnosis, Patch

RANK = 1
MEMORY_CAUSES = {"memory", "oom_kill"}
CAUSES = {"file_descriptors", "unclosed_resources", *MEMORY_CAUSES}
COUNT = '''\
import gc
import os

import pytest


@pytest.fixture(autouse=True)
def {name}(request):
    """Name the test that {does}, not the one that finds nothing left."""
    before = {count}
    yield
    gc.collect()
    more = {count} - before
    if more > {least}:
        print(f"LEAK {{request.node.nodeid}}: {{more}} {unit} more than before")
'''
FILES = COUNT.format(
    name="open_files",
    does="leaves files open",
    count='len(os.listdir("/proc/self/fd"))',
    least=0,
    unit="files",
)
MEMORY = COUNT.format(
    name="resident_memory",
    does="keeps memory",
    count='int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20',
    least=10,
    unit="MiB",
).replace('int(open("/proc/self/statm").read().split()[1])', "resident_pages()")
PAGES = """\
def resident_pages():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1])


"""
MEMORY = MEMORY.replace("@pytest.fixture", PAGES + "@pytest.fixture", 1)


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where something accumulates; with few tests in a process it does not come to that."""
    for case in cases(diagnosis, CAUSES):
        if case.incident.cause in MEMORY_CAUSES:
            if case.fewest == 1:
                yield _memory(case)
        else:
            yield _opened(case)


def _opened(case: Case) -> Advice:
    clean = [run for run in case.clean if run.workers > case.fewest]
    spread = (
        f" They pass in {labels(clean)}: there each process runs fewer tests, so less adds up."
        if clean and case.fewest == 1
        else ""
    )
    at = (
        f" The last straw was {case.place}; what was opened on the way there and"
        if case.place
        else " What was opened before and"
    )
    what = case.first("name", "what") or "a file, socket or process"
    return Advice(
        "leaks",
        title="Close what tests and product leave open: find the leaker by its own traceback",
        why=(
            f"{case.tests} failed in {labels(case.failing)} ({case.raised}).{spread}{at} never "
            f"closed matters more: the test that reports is rarely the one that leaks {what}."
        ),
        effect="The warning becomes a failure of the test at fault, with the line that opened it.",
        proof=(
            "PYTHONTRACEMALLOC=20 python -X dev -W error::ResourceWarning -m pytest -n 0 "
            "-W error::pytest.PytestUnraisableExceptionWarning"
        ),
        patches=(Patch("conftest.py", "python", FILES),),
        incidents=(case.id,),
    )


def _memory(case: Case) -> Advice:
    return Advice(
        "leaks",
        title="Find the test that keeps memory, not the one that ran out of it",
        why=(
            f"{case.tests} failed in {labels(case.failing)} ({case.raised}), serially too: "
            "either one test needs that much, or what earlier tests made was kept."
        ),
        effect="Each test that keeps more than 10 MiB is named in the output.",
        proof="PYTHONTRACEMALLOC=20 pytest -n 0 -rP | grep LEAK",
        patches=(Patch("conftest.py", "python", MEMORY),),
        incidents=(case.id,),
    )
