"""A saved report read back: the same bytes again, or a mistake of the user's in two lines."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import diagnose
from diagnose import DiagnoseError, api
from diagnose.diagnosis import Diagnosis
from diagnose.reports import REPORTS
from tests.sample import sample


def restored(text: str, folder: Path) -> Diagnosis:
    (folder / "r.json").write_text(text, "utf-8")
    return api.saved(folder / "r.json")


@pytest.mark.parametrize("told", [sample(), Diagnosis()], ids=["rich", "empty"])
def test_json_comes_back_byte_for_byte(told: Diagnosis, tmp_path: Path) -> None:
    text = diagnose.render(told, "json")
    assert diagnose.render(restored(text, tmp_path), "json") == text


def test_the_terminal_says_the_same_of_a_saved_report(tmp_path: Path) -> None:
    again = restored(diagnose.render(sample(), "json"), tmp_path)
    assert diagnose.render(again) == diagnose.render(sample())


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List where the first of everything stands in a document."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key in value:
            found += places(value[key], (*path, key))
    elif isinstance(value, list) and value:
        found += places(value[0], (*path, 0))
    return found


def test_what_a_kernel_said_comes_back(tmp_path: Path) -> None:
    told = diagnose.examine([], kernel=[Path(__file__).parent / "kernel" / "dmesg.txt"])
    text = diagnose.render(told, "json")
    assert told.kernel.kills
    assert diagnose.render(restored(text, tmp_path), "json") == text


DOCUMENT = json.loads(diagnose.render(sample(), "json"))


@pytest.mark.parametrize(
    "wrong", [None, -1, 1e300, "x", "\ud800", [], {}, [[]], True, 10**400], ids=ascii
)
def test_a_forged_value_is_refused_or_harmless(wrong: object, tmp_path: Path) -> None:
    for *way, last in places(DOCUMENT):
        forged = json.loads(json.dumps(DOCUMENT))
        inner = forged
        for step in way:
            inner = inner[step]
        inner[last] = wrong
        with suppress(DiagnoseError):
            told = restored(json.dumps(forged), tmp_path)
            assert all(diagnose.render(told, form) for form in REPORTS)
            assert api.rerun(told)


def test_the_mistake_names_the_place(tmp_path: Path) -> None:
    forged = json.dumps(DOCUMENT).replace('"confidence": 0.81', '"confidence": "high"')
    with pytest.raises(DiagnoseError, match=r"r\.json: incidents\[1\]\.confidence: not what"):
        restored(forged, tmp_path)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "[" * 100_000, "9" * 5000])
def test_what_json_does_not_know_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(DiagnoseError, match="not JSON"):
        restored(f'{{"schema": "diagnose/1", "title": {text}}}', tmp_path)
