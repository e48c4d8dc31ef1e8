from collections.abc import Callable
from pathlib import Path

import pytest

from diagnose.errors import InputError
from diagnose.runs.spec import RunSpec, parse, unique_labels


def there(*paths: str) -> Callable[[str], bool]:
    return lambda path: path in paths


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("a.xml", RunSpec(("a.xml",))),
        ("a.xml@8", RunSpec(("a.xml",), workers=8)),
        ("n8=a.xml@8", RunSpec(("a.xml",), "n8", 8, True)),
        ("n8=a.xml,b.log", RunSpec(("a.xml", "b.log"), "n8", stated=True)),
        ("serial run=a.xml", RunSpec(("a.xml",), "serial run", stated=True)),
        ("x=y.xml", RunSpec(("x=y.xml",))),
        ("a,b.xml", RunSpec(("a,b.xml",))),
        ("logs@2", RunSpec(("logs@2",))),
        ("logs@2@4", RunSpec(("logs@2",), workers=4)),
        ("C:/ci/r.xml@2", RunSpec(("C:/ci/r.xml",), workers=2)),
    ],
)
def test_a_run_is_taken_apart(text: str, spec: RunSpec) -> None:
    paths = ("a.xml", "b.log", "x=y.xml", "a,b.xml", "logs@2", "C:/ci/r.xml")
    assert parse(text, there(*paths)) == spec


@pytest.mark.parametrize(
    "text", ["", "  ", "gone.xml", "n8=gone.xml@8", "a.xml,gone.log", "a.xml@0"]
)
def test_what_is_not_a_run_is_the_users_mistake(text: str) -> None:
    with pytest.raises(InputError):
        parse(text, there("a.xml"))


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"^gone\.log: no such file or folder$"):
        parse("a.xml,gone.log", there("a.xml"))


@pytest.mark.parametrize("text", ["a.xml@x", "a.xml@-3", "n8=a.xml@99999999", "a.xml@"])
def test_what_is_no_number_of_workers_is_told_apart_from_a_missing_file(text: str) -> None:
    with pytest.raises(InputError) as raised:
        parse(text, there("a.xml"))
    assert raised.value.hint == "after @ comes the number of workers, 1 to 99999: a.xml@8"


@pytest.mark.parametrize(
    ("paths", "labels"),
    [
        (["a/serial.xml", "a/parallel.xml"], ["serial", "parallel"]),
        (["serial/junit.xml", "n8/junit.xml"], ["serial", "n8"]),
        (["a/x/junit.xml", "b/x/junit.xml"], ["a", "b"]),
        (["junit.xml", "./junit.xml"], ["junit", "junit-2"]),
        (["run.tar.gz", "run.log"], ["run", "run-2"]),
        (["-"], ["stdin"]),
        ([".xml"], [".xml"]),
    ],
)
def test_each_run_gets_a_label_of_its_own(paths: list[str], labels: list[str]) -> None:
    assert [spec.label for spec in unique_labels(RunSpec((path,)) for path in paths)] == labels


def test_one_label_for_two_runs_is_a_mistake() -> None:
    with pytest.raises(InputError, match="'n8'"):
        unique_labels([RunSpec(("a",), "n8"), RunSpec(("b",), "n8")])


def test_a_slip_of_the_finger_is_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "serial.xml").touch()
    with pytest.raises(InputError) as caught:
        parse(str(tmp_path / "seriel.xml"))
    assert caught.value.hint == f"did you mean {tmp_path / 'serial.xml'}?"


def test_workers_in_the_middle_are_explained() -> None:
    with pytest.raises(InputError) as caught:
        parse("a.xml@8,b.log", there("a.xml", "b.log"))
    assert caught.value.hint == "@8 comes last: a.xml,…@8"
