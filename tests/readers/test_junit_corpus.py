"""JUnit XML of many projects, with the counts that another parser found."""

import json
from collections import Counter
from pathlib import Path

from diagnose.model import Problem, TestResult
from diagnose.readers import junit
from diagnose.readers._file import File
from diagnose.table import TestTable
from tests.corpus import CORPUS, needs_corpus

ORACLE = CORPUS / "junit" / "oracle.jsonl"
pytestmark = needs_corpus


def counted(path: Path) -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    problems = 0
    for record in junit.read(File.of(path.read_bytes())):
        if isinstance(record, TestTable):
            counts += Counter(row.outcome for row in record)
        elif isinstance(record, TestResult):
            counts[record.outcome] += 1
        problems += isinstance(record, Problem)
    return counts, problems


def test_sound_files_have_the_counts_of_the_oracle() -> None:
    rows = [json.loads(line) for line in ORACLE.read_text("utf-8").splitlines()]
    sound = [row for row in rows if row["well_formed"] and row["summary"]["testcases"]]
    agreed = 0
    for row in sound:
        counts, _ = counted(CORPUS / row["local"])
        wanted, twins = row["summary"], row["counts"].get("dup_testcase_ids", 0)
        slack = twins + wanted["flaky"] + wanted["rerun"]
        bad = counts["failed"] + counts["error"] - wanted["tc_failed"] - wanted["tc_errored"]
        number = wanted["testcases"] - counts.total()
        agreed += 0 <= number <= twins and abs(bad) <= slack
    assert agreed >= 0.99 * len(sound)


def test_odd_files_say_what_is_wrong_with_them() -> None:
    rows = [json.loads(line) for line in ORACLE.read_text("utf-8").splitlines()]
    for row in rows:
        if not row["well_formed"]:
            assert counted(CORPUS / row["local"])[1], row["local"]


def test_foreign_files_give_no_test() -> None:
    paths = [path for path in (CORPUS / "junit_other").rglob("*") if path.is_file()]
    assert paths
    for path in paths:
        counts, problems = counted(path)
        assert (counts.total(), problems) == (0, 1), path
