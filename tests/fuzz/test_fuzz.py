"""The fuzzer damages what it should, notices what breaks, and what it once found stays mended."""

from __future__ import annotations

import random
import sys
import time
from itertools import islice
from pathlib import Path
from typing import NoReturn

import pytest

from fuzz import trial
from fuzz.mutations import MOST, MUTATIONS, mutated
from fuzz.seeds import FINDS, inputs, seeds
from fuzz.subjects import SUBJECTS
from fuzz.tally import Tally, added, figures, growth
from fuzz.trial import Find, Input, Spent, tried

LINES = b"".join(b"2026-01-01 10:00:%02d line %d of some\n" % (n, n) for n in range(60))
OTHER = b"<testsuite><testcase name='a'/></testsuite>"
forks = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: processes with limits")
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # a child of one thread


def breaks(data: bytes) -> None:
    if data == b"raise":
        raise KeyError(data)
    if data == b"loop":
        while True:
            pass
    if data == b"memory":
        bytearray(8 << 30)
    if data == b"sleep":
        time.sleep(60)
    if data == b"die":
        sys.exit(3)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SUBJECTS, "planted", breaks)
    monkeypatch.setattr(trial, "SECONDS", 0.3)
    monkeypatch.setattr(trial, "PATIENCE", 2.0)


@forks
@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize(
    ("data", "how"),
    [
        (b"raise", "KeyError: b'raise'"),
        (b"loop", "took too long"),
        (b"memory", "MemoryError"),
        (b"sleep", "hung"),
        (b"die", "SystemExit: 3"),
    ],
)
def test_what_breaks_is_found_and_those_behind_it_are_tried(data: bytes, how: str) -> None:
    sound = Input(b"sound", "as it was", "planted")
    before, found, behind = tried([sound, sound._replace(data=data), sound])
    assert isinstance(before, Spent)
    assert isinstance(found, Find)
    assert found.input.data == data
    assert how in found.how
    assert isinstance(behind, Spent)


@forks
def test_what_is_not_given_back_shows_in_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []

    def leaks(data: bytes) -> None:
        kept.append(bytearray(data * 200_000))
        kept.append(open(__file__))  # noqa: SIM115, PTH123 - it is the leak

    monkeypatch.setitem(SUBJECTS, "leaking", leaks)
    some = [Input(b"sound", "", "leaking")] * 130
    told = [(each, "") for each in tried(some)]
    tally = added(Tally([], [], [], 0), told, Path())
    assert growth(tally) > 0.5
    assert tally.opened > 10
    assert "29 files left open" in figures(tally, 1, 1.0)


def test_a_find_is_kept_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    find = Find(Input(b"it", "x.xml: bits_flip", "readers"), "KeyError")
    tally = added(Tally([], [], [], 0), [(find, "")], tmp_path / "finds")
    (kept,) = (tmp_path / "finds").iterdir()
    assert kept.read_bytes() == b"it"
    assert kept.name.startswith("readers-")
    assert "x.xml: bits_flip" in capsys.readouterr().err
    assert "1 finds" in figures(tally, 1, 1.0)


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_mutation_changes_the_bytes_of_any_file_and_takes_an_empty_one(name: str) -> None:
    made = [MUTATIONS[name](LINES, random.Random(seed), OTHER) for seed in range(20)]
    assert len(set(made)) > 3
    assert sum(data != LINES for data in made) > 10
    for seed in range(5):
        MUTATIONS[name](b"", random.Random(seed), b"")


def test_an_input_is_never_larger_than_it_may_be() -> None:
    for seed in range(40):
        data, names = mutated(LINES * 500, random.Random(seed), OTHER)
        assert names
        assert len(data) <= MOST


def test_the_same_seed_makes_the_same_inputs() -> None:
    files = seeds()[:20]
    assert list(islice(inputs(files, 5), 10)) == list(islice(inputs(files, 5), 10))
    assert list(islice(inputs(files, 5), 10)) != list(islice(inputs(files, 6), 10))


KEPT = sorted(path for path in FINDS.iterdir() if path.name.partition("-")[0] in SUBJECTS)


@pytest.mark.parametrize("find", KEPT, ids=lambda find: find.name)
def test_what_was_once_found_breaks_nothing(find: Path) -> None:
    begun = time.process_time()
    SUBJECTS[find.name.partition("-")[0]](find.read_bytes())
    assert time.process_time() - begun < trial.SECONDS


def fail(find: Find) -> NoReturn:
    pytest.fail(f"{find.input.origin}: {find.how}")


@forks
def test_some_seconds_of_damage_break_nothing() -> None:
    begun = time.monotonic()
    files, today = seeds(), 20260301
    while time.monotonic() - begun < 10:
        today += 1
        for told in tried(list(islice(inputs(files, today), 20))):
            if isinstance(told, Find):
                fail(told)
