"""Commands that whoever ran the tests can run, as far as the runs tell what that was."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from diagnose.diagnosis import Advice, Diagnosis, NextRun, Patch

SERIALLY = re.compile(r"\bpytest -n 0(?![^\s;])")
OF_PYTEST = {"python", "ini", "toml"}  # fixtures and settings that nothing but pytest reads
FOREIGN = "# your test runner in place of pytest"


class Runner(NamedTuple):
    """Who ran the tests: `plain` where nothing shows xdist, `foreign` where nothing does pytest."""

    plain: bool
    foreign: bool

    @classmethod
    def of(cls, diagnosis: Diagnosis) -> Runner:
        """Look for what the runs tell."""
        return cls(plain=not _has_xdist(diagnosis), foreign=not _has_pytest(diagnosis))

    def advice(self, said: Advice) -> Advice:
        """Say the same in commands that can be run, and without files that nobody reads."""
        read = [p for p in said.patches if not (self.foreign and p.language in OF_PYTEST)]
        return replace(said, proof=self.command(said.proof), patches=tuple(map(self._patch, read)))

    def next_run(self, said: NextRun | None) -> NextRun | None:
        """Name the same run, in a command that can be run."""
        return said and replace(said, command=self.command(said.command))

    def command(self, said: str) -> str:
        """Leave out `-n 0` where it would be an error, and mark what is another runner's."""
        said = self._plain(said)
        return f"{said}  {FOREIGN}" if self.foreign and "pytest" in said else said

    def _patch(self, patch: Patch) -> Patch:
        content = self._plain(patch.content)
        if self.foreign and patch.language == "shell" and "pytest" in content:
            content = f"{FOREIGN}\n{content}"
        return replace(patch, content=content) if content != patch.content else patch

    def _plain(self, said: str) -> str:
        return SERIALLY.sub("pytest", said) if self.plain else said


def _has_xdist(diagnosis: Diagnosis) -> bool:
    """Say whether several workers ran, or could have: without the plugin `-n` is an error."""
    plugins = (s.details.get("plugins", "") for run in diagnosis.runs for s in run.sessions)
    return any(run.workers > 1 for run in diagnosis.runs) or any("xdist" in p for p in plugins)


def _has_pytest(diagnosis: Diagnosis) -> bool:
    """Say whether pytest ran; a report may be called otherwise, and still name its files."""
    if any(session.runner == "pytest" for run in diagnosis.runs for session in run.sessions):
        return True
    return any(".py::" in test.id for each in diagnosis.incidents for test in each.tests)
