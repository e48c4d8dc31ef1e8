"""One name may stand for several runs; what belongs together stays together."""

from collections.abc import Sequence

import pytest

from diagnose.model import Input, Run
from diagnose.runs import Reading, RunSpec, apart, by_folder, with_own_labels
from diagnose.table import Row, TestTable


def report(path: str, *names: str, kind: str = "junit") -> Reading:
    table = TestTable()
    table.extend(Row("tests.test_a", name) for name in names)
    return Reading(Input(path, kind, 1), tables=[table])


def parted(*readings: Reading, label: str = "ci", stated: bool = False) -> dict[str, list[str]]:
    spec = RunSpec(("ci",), label, stated=stated)
    return {
        part.label: [reading.input.path for reading in own] for part, own in apart(spec, readings)
    }


@pytest.mark.parametrize(
    ("paths", "labels"),
    [
        (["a.zip!serial/r.xml", "a.zip!n8/r.xml"], ["n8", "serial"]),
        (
            ["a.zip!art/serial/r.xml", "a.zip!art/n8/r.xml", "a.zip!art/n8/x/c.log"],
            ["n8", "serial"],
        ),
        (["a.zip!r.xml", "a.zip!n8/r.xml"], ["a"]),
        (["a.zip!one/r.xml", "a.zip!one/c.log"], ["a"]),
        (["a.zip!r.xml"], ["a"]),
        ([], ["a"]),
    ],
)
def test_an_archive_of_folders_is_a_run_each(paths: Sequence[str], labels: Sequence[str]) -> None:
    assert [spec.label for spec, _ in by_folder(RunSpec(("a.zip",), "a"), paths)] == labels


def test_no_file_is_lost_by_parting() -> None:
    paths = ["ci/serial/r.xml", "ci/n8/r.xml", "ci/n8/logs/c.log"]
    parts = by_folder(RunSpec(("ci",), "all", stated=True), paths)
    assert [(spec.label, sorted(own)) for spec, own in parts] == [
        ("all-n8", ["ci/n8/logs/c.log", "ci/n8/r.xml"]),
        ("all-serial", ["ci/serial/r.xml"]),
    ]


def test_reports_of_the_same_tests_are_runs_of_their_own() -> None:
    found = parted(
        report("ci/serial.xml", "test_x", "test_y"),
        report("ci/parallel.xml", "test_x", "test_y"),
        report("ci/parallel.log", kind="pytest_log"),
    )
    assert found == {
        "serial": ["ci/serial.xml"],
        "parallel": ["ci/parallel.xml", "ci/parallel.log"],
    }


def test_reports_of_other_tests_are_one_run() -> None:
    one, two = report("ci/unit.xml", "test_x", "test_y"), report("ci/api.xml", "test_p", "test_q")
    assert list(parted(one, two)) == ["ci"]


def test_what_the_user_joined_stays_joined() -> None:
    spec = RunSpec(("a.xml", "b.xml"), "n8", stated=True)
    readings = [report("a.xml", "test_x", "test_y"), report("b.xml", "test_x", "test_y")]
    assert [part.label for part, _ in apart(spec, readings)] == ["n8"]


def test_a_report_log_beside_junit_is_the_same_run() -> None:
    log = report("ci/log.jsonl", "test_x", "test_y", kind="reportlog")
    assert list(parted(report("ci/r.xml", "test_x", "test_y"), log)) == ["ci"]


def test_runs_of_one_name_get_a_number() -> None:
    assert [run.label for run in with_own_labels([Run("n8"), Run("n8"), Run("s")])] == [
        "n8",
        "n8-2",
        "s",
    ]
