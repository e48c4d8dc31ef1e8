"""Commands that whoever ran the tests can run, as far as the runs tell what that was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from diagnose.diagnosis import Advice, Diagnosis, Patch

SERIALLY = re.compile(r"\bpytest -n 0(?![^\s;])")
FOREIGN = "# your test runner in place of pytest"


def in_words_of_the_runner(found: Iterable[Advice], diagnosis: Diagnosis) -> list[Advice]:
    """Leave out `-n 0` where nothing shows pytest-xdist, and mark commands of another runner."""
    xdist, pytest = _has_xdist(diagnosis), _has_pytest(diagnosis)
    if xdist and pytest:
        return list(found)
    return [_said(each, plain=not xdist, foreign=not pytest) for each in found]


def _has_xdist(diagnosis: Diagnosis) -> bool:
    """Say whether several workers ran, or could have: without the plugin `-n` is an error."""
    plugins = (s.details.get("plugins", "") for run in diagnosis.runs for s in run.sessions)
    return any(run.workers > 1 for run in diagnosis.runs) or any("xdist" in p for p in plugins)


def _has_pytest(diagnosis: Diagnosis) -> bool:
    """Say whether pytest ran; a report may be called otherwise, and still name its files."""
    if any(session.runner == "pytest" for run in diagnosis.runs for session in run.sessions):
        return True
    return any(".py::" in test.id for each in diagnosis.incidents for test in each.tests)


def _said(advice: Advice, *, plain: bool, foreign: bool) -> Advice:
    proof, patches = advice.proof, advice.patches
    if plain:
        proof = SERIALLY.sub("pytest", proof)
        patches = tuple(
            replace(patch, content=SERIALLY.sub("pytest", patch.content)) for patch in patches
        )
    if foreign:
        proof = f"{proof}  {FOREIGN}" if "pytest" in proof else proof
        patches = tuple(map(_marked, patches))
    return replace(advice, proof=proof, patches=patches)


def _marked(patch: Patch) -> Patch:
    if patch.language != "shell" or "pytest" not in patch.content:
        return patch
    return replace(patch, content=f"{FOREIGN}\n{patch.content}")
