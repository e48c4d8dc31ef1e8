"""Coverage leads to what breaks; documents are damaged leaf by leaf; finds are cut down."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.readers import READERS
from diagnose.reports import REPORTS
from fuzz import guided, trial
from fuzz.guided import Explored, confirmed, known
from fuzz.leaves import other_leaves
from fuzz.seeds import ROOT
from fuzz.shrink import shrunk, way
from fuzz.subjects import SINGLE, SUBJECTS
from fuzz.trial import Find, Input, tried

REPORT = (ROOT / "tests" / "reports" / "json" / "expected.json").read_bytes()
forks = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: processes with limits")
guides = pytest.mark.skipif(not find_spec("atheris"), reason="needs atheris")
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # a child of one thread


def breaks(data: bytes) -> None:
    if b"raise" in data:
        raise KeyError(data)
    if data.startswith(b"loop"):
        while True:
            pass


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SUBJECTS, "planted", breaks)
    monkeypatch.setattr(trial, "SECONDS", 0.3)


def found(data: bytes, origin: str = "found-crash-1") -> Explored:
    find = Find(Input(data, origin, "planted"), "exit code 1\nKeyError: as its log says")
    return Explored("planted", 10, 1, 1, [find], "")


def leaves(value: Any) -> int:
    if isinstance(value, dict | list):
        return sum(map(leaves, value.values() if isinstance(value, dict) else value))
    return 1


def test_every_reader_and_every_report_is_a_subject() -> None:
    assert {*SINGLE} == {f"readers.{name}" for name in READERS} | {f"reports.{n}" for n in REPORTS}


@pytest.mark.parametrize("name", SINGLE)
def test_a_subject_begins_with_files_that_it_understands(name: str) -> None:
    assert len(list(known(name))) >= 3
    for path in known(name):
        SUBJECTS[name](path.read_bytes())


def test_a_document_stays_one_and_most_of_it_stays() -> None:
    changed = [other_leaves(REPORT, random.Random(seed)) for seed in range(40)]
    assert len({*changed}) > 30
    whole = leaves(json.loads(REPORT))
    kept = [leaves(json.loads(each)) for each in changed if each]
    assert len(kept) == 40
    assert sum(number > whole / 2 for number in kept) > 30


@pytest.mark.parametrize("data", [b"", b"{", b"3", b"[]", b"\xff", b"[" * 100_000])
def test_what_has_no_leaves_is_left_to_others(data: bytes) -> None:
    assert other_leaves(data, random.Random(1)) is None


@pytest.mark.parametrize("name", sorted(REPORTS))
@settings(max_examples=20, deadline=None)
@given(draw=st.randoms(use_true_random=False))
def test_a_saved_report_with_other_leaves_is_refused_or_written(
    name: str, draw: random.Random
) -> None:
    SUBJECTS[f"reports.{name}"](other_leaves(REPORT, draw) or b"")


@forks
@pytest.mark.usefixtures("planted")
def test_a_find_is_cut_down_to_what_it_takes() -> None:
    (find,) = tried([Input(b"2026-03-01 some words, then raise, and more", "", "planted")])
    assert isinstance(find, Find)
    smaller = shrunk(find)
    assert smaller.input.data == b"raise"
    assert way(smaller) == way(find) == "KeyError"


@forks
@pytest.mark.usefixtures("planted")
def test_cutting_down_does_not_go_over_to_another_fault() -> None:
    (find,) = tried([Input(b"loop, or raise", "", "planted")])
    assert isinstance(find, Find)
    assert shrunk(find).input.data == b"raise"
    (slow,) = tried([Input(b"loop on", "", "planted")])
    assert isinstance(slow, Find)
    assert way(slow) == "took too long"
    assert shrunk(slow).input.data == b"loop"


@forks
@pytest.mark.usefixtures("planted")
def test_what_breaks_again_is_a_find_and_a_slow_machine_is_none() -> None:
    again, alone = found(b"raise"), found(b"sound")
    slow = found(b"sound", "found-timeout-1")
    first, second = confirmed([again, alone, slow])
    assert "in breaks" in first.how
    assert second.how == alone.found[0].how


def test_without_atheris_it_is_skipped_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guided, "find_spec", lambda _: None)
    assert guided.main([]) == 0
    assert "skipped: needs atheris" in capsys.readouterr().out


PLANTED = """
import sys
from pathlib import Path
from fuzz import explore
@explore.atheris.instrument_func
def breaks(data):
    if data[:1] == b"<":
        if data[1:2] == b"!":
            raise KeyError(data)
explore.SUBJECTS["planted"] = breaks
explore.explore(["planted"], Path(sys.argv[1]), ["-max_total_time=60", "-seed=1"])
"""


@guides
def test_coverage_leads_to_what_chance_would_not_find(tmp_path: Path) -> None:
    folder = tmp_path / "planted"
    for part in ("corpus", "seeds"):
        (folder / part).mkdir(parents=True)
    (folder / "seeds" / "one").write_bytes(b"plain")
    (folder / "words").write_text('"<"\n"!"\n')
    command = [sys.executable, "-c", PLANTED, str(tmp_path)]
    subprocess.run(command, check=True, timeout=120, cwd=ROOT)
    (crash,) = folder.glob("found-crash-*")
    assert crash.read_bytes().startswith(b"<!")
    assert "KeyError" in (folder / "log").read_text("utf-8", "replace")


@guides
def test_some_seconds_guided_by_coverage_break_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--folder", str(tmp_path / "ways"), "--finds", str(tmp_path)]
    assert guided.main(["--seconds", "1", "--seed", "1", *words]) == 0, capsys.readouterr().err
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[: len(SINGLE)]] == list(SINGLE)
    assert lines[-1].endswith("0 finds")
