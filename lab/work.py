"""Run a scenario: its control first, then its runs, then the truth, then the recording."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from lab.machine import ALONE
from lab.recordings import RECORDINGS, pack
from lab.scenario import Scenario, ScenarioError
from lab.truth import BAD, endings, tell

ROOT = Path(__file__).parent.parent


def record(scenario: Scenario, folder: Path = RECORDINGS, keep: Path | None = None) -> Path:
    """Run a scenario and write its recording; raise where what happened is not what it says."""
    with TemporaryDirectory(prefix="lab-") as temporary:
        place = keep or Path(temporary)
        _control(scenario, place / "control")
        seen, runs = {}, {}
        for label in scenario.runs:
            runs[label] = place / label
            _session(scenario, label, runs[label])
            seen[label] = endings(runs[label] / "notes", _cut(scenario, label))
        return pack(scenario.name, tell(scenario, seen), runs, folder)


def _cut(scenario: Scenario, label: str) -> bool:
    """Say whether tests of a run may have no end because the run itself was stopped."""
    strike = scenario.spec.get("cuts", {}).get(label)
    if strike is not None:
        return "in" not in strike
    return any(word.startswith(("-x", "--maxfail")) for word in scenario.runs[label].split())


def _control(scenario: Scenario, place: Path) -> None:
    """Show that nothing fails where the fault is not."""
    control = scenario.without_the_fault()
    if control is None:
        return
    (label,) = control.runs
    _session(scenario, label, place, "--control")
    always = [fault for fault in scenario.faults if fault.always]
    for test, ending in endings(place / "notes").items():
        known = any(fault.explains(test, ending) for fault in always)
        if ending["state"] in BAD and not known:
            met = ending["chain"][:1]
            raise ScenarioError(f"{scenario.name}: without the fault, {test} fails: {met}")


def _session(scenario: Scenario, label: str, out: Path, *more: str) -> None:
    out.mkdir(parents=True)
    words = [*ALONE, sys.executable, "-m", "lab.session", scenario.name, label, str(out), *more]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            _, said = process.communicate()
        except KeyboardInterrupt:
            process.wait(60)  # it stops its services, which nobody else would
            raise
    if process.returncode != 0:
        last = said.strip()[-2000:]
        raise ScenarioError(f"{scenario.name}: {label} could not be run:\n{last}")
