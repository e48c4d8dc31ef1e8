"""State that tests leave to each other: find the one that leaves it."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.advice._case import Case, cases, labels
from diagnose.diagnosis import Advice, Diagnosis, Patch
from diagnose.words import for_shell

RANK = 1
BISECT = """\
#!/usr/bin/env bash
# Halves the tests that ran before the victim until the one that spoils it is left.
victim={victim}
export victim
pytest -n 0 --collect-only -q | grep :: > all.txt
awk '$0 == ENVIRON["victim"] {{ exit }} {{ print }}' all.txt > before.txt
while [ "$(wc -l < before.txt)" -gt 1 ]; do
  half=$(( $(wc -l < before.txt) / 2 ))
  head -n "$half" before.txt > first.txt
  tail -n +"$((half + 1))" before.txt > second.txt
  echo "$victim" >> first.txt
  if pytest -n 0 -q @first.txt > /dev/null; then
    mv second.txt before.txt
  else
    sed '$d' first.txt > before.txt
  fi
done
cat before.txt
"""
RESET = '''\
import copy
import os

import pytest


@pytest.fixture(autouse=True)
def environment_as_found():
    """Undo what a test does to the environment; the same form serves a registry or a cache."""
    before = copy.copy(dict(os.environ))
    yield
    os.environ.clear()
    os.environ.update(before)
'''


def advise(diagnosis: Diagnosis) -> Iterator[Advice]:
    """Advise where one test's outcome hangs on another's."""
    for case in cases(diagnosis, {"shared_state"}):
        yield _advice(case)


def _advice(case: Case) -> Advice:
    victim = case.ids[0] if case.ids else "THE_TEST"
    state = case.first("name", "module", "table")
    what = f" ({state})" if state else ""
    product = case.frame("product", "test", "fixture")
    at = f" The state was met at {product.path}:{product.line}." if product else ""
    clean = f", not in {labels(case.clean)}" if case.clean else ""
    return Advice(
        "isolation",
        title="Find the test that leaves its state behind, and let a fixture restore it",
        why=(
            f"{_depend(case)}{what}: {case.raised}. Failed in {labels(case.failing)}{clean}.{at} "
            "Which tests share a process changes with the workers, so the victims change while "
            "the polluter stays the same."
        ),
        effect="The script names the polluter in log2 of the tests' number of short runs.",
        proof=f"pytest -n 0 {for_shell(victim)} && pytest -n 0 --random-order",
        patches=(
            Patch("find_polluter.sh", "shell", BISECT.format(victim=for_shell(victim))),
            Patch("conftest.py", "python", RESET),
        ),
        incidents=(case.id,),
    )


def _depend(case: Case) -> str:
    if case.size == 1:
        return "1 test depends on what ran before or beside it"
    return f"{case.tests} depend on what ran before or beside them"
