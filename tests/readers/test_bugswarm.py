"""Measures the reader of pytest's logs against the truth that others have written down."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from diagnose.model import Session, TestResult
from diagnose.readers import pytest_log
from diagnose.readers._file import File
from diagnose.readers._pytest_names import title_of
from diagnose.table import TestTable
from tests.corpus import CORPUS, needs_corpus

TRUTH = CORPUS / "logs" / "bugswarm_truth.jsonl"
NEEDED = 27

pytestmark = needs_corpus


@dataclass
class Said:
    """What the reader says of a whole log."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    sessions: int = 0


def rows(folder: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in TRUTH.read_text("utf-8").splitlines()]
    return [row for row in found if row["local"].startswith(folder)]


def said_of(path: Path) -> Said:
    said = Said()
    for record in pytest_log.read(File(path.name, lambda: path.open("rb"))):
        match record:
            case Session():
                said.sessions += 1
                said.counts.update(record.counts)
            case TestResult() if record.failed:
                said.failed.append(record.id or f"{record.classname}.{record.name}".lstrip("."))
            case TestTable():
                assert not record.count("failed")
            case _:
                pass
    return said


def expected_names(row: dict[str, Any]) -> list[str]:
    listed = row["expected"].get("tr_t_failed") or ""
    return [] if listed in ("", "NA") else listed.split("#")


def same(truth: str, nodeid: str) -> bool:
    """Compare names as far as the truth tells them: it drops folders, and modules of doctests."""
    file, _, rest = nodeid.partition("::")
    dotted = file.removesuffix(".py").replace("/", ".")
    if truth.startswith("("):
        return dotted == truth.strip("()")
    if "::" not in truth:
        return truth in (nodeid, title_of(nodeid))
    return truth in (f"{dotted}::{rest}", f"{dotted}::{rest.removeprefix(dotted + '.')}")


def differences(row: dict[str, Any]) -> Iterator[str]:
    expected, said = row["expected"], said_of(CORPUS / row["local"])
    counts = said.counts
    failed = counts["failed"] + counts["error"]
    run = failed + counts["passed"] + counts["xfailed"] + counts["xpassed"]
    for name, value in (
        ("num_t_run", run),
        ("num_t_failed", failed),
        ("num_t_skipped", counts["skipped"]),
    ):
        if expected[name] != value:
            yield f"{name}: {value}, not {expected[name]}"
    names = list(said.failed)
    for truth in expected_names(row):
        found = next((name for name in names if same(truth, name)), None)
        if found is None:
            yield f"missed {truth}"
        else:
            names.remove(found)
    if expected_names(row):
        yield from (f"made up {name}" for name in names)


def test_counts_and_failed_names_are_those_of_the_truth(capsys: pytest.CaptureFixture[str]) -> None:
    logs = rows("logs/pytest")
    wrong = {row["local"]: found for row in logs if (found := list(differences(row)))}
    with capsys.disabled():
        print(f"\n{len(logs) - len(wrong)} of {len(logs)} pytest logs right")
        for path, found in wrong.items():
            print(f"  {Path(path).name}: {'; '.join(found[:6])}")
    assert len(logs) - len(wrong) >= NEEDED


def test_logs_of_other_runners_hold_no_session_of_pytest() -> None:
    for row in rows("logs/unittest-nose"):
        path = CORPUS / row["local"]
        assert not said_of(path).sessions, path.name
