"""Several processes read what one would have read, to the last byte."""

import pickle
import random
import shutil
from pathlib import Path
from typing import IO

import pytest

from diagnose import api, crew, intake
from diagnose.readers._file import File
from tests.program import ROOT

INPUTS = ROOT / "sample_reports" / "inputs"
CASES = ROOT / "tests" / "readers"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share out whatever can be shared, however small."""
    monkeypatch.setattr(intake, "WORTH_SHARING", 0)
    monkeypatch.setattr(intake, "WORTH_JOBS", 0)


def report(names: list[str], jobs: int) -> str:
    return api.render(api.examine(names, jobs=jobs), "json")


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("story", sorted(path.name for path in INPUTS.iterdir()))
def test_the_report_is_the_same_to_the_byte(story: str) -> None:
    names = [str(INPUTS / story)]
    assert report(names, 2) == report(names, 1)


@pytest.mark.usefixtures("eager")
def test_where_no_process_can_be_doubled_others_read_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crew, "may_fork", lambda: False)
    names = [str(INPUTS / "identity")]
    served: list[object] = []
    load = pickle.load

    def counted(stream: IO[bytes]) -> object:
        served.append(made := load(stream))
        return made

    monkeypatch.setattr(pickle, "load", counted)
    assert report(names, 2) == report(names, 1)
    assert served


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_are_read_the_same(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    files = sorted(path for path in CASES.rglob("input*") if path.is_file())
    for number, path in enumerate(draw.sample(files, 40)):
        data = bytearray(path.read_bytes())
        for _ in range(draw.randrange(4)):
            at = draw.randrange(len(data) + 1)
            data[at : at + draw.randrange(30)] = draw.randbytes(draw.randrange(20))
        (tmp_path / f"{number:02}{path.suffix}").write_bytes(data)
    assert report([str(tmp_path)], 3) == report([str(tmp_path)], 1)


@pytest.mark.usefixtures("eager")
def test_a_twin_is_counted_once_and_files_in_archives_are_read_here(tmp_path: Path) -> None:
    source = next(path for path in sorted(INPUTS.rglob("*.xml")))
    for name in ("a.xml", "b.xml"):
        shutil.copy(source, tmp_path / name)
    other = (tmp_path / "other").with_suffix(".xml")
    other.write_bytes(source.read_bytes().replace(b'classname="', b'classname="other.'))
    shutil.make_archive(str(tmp_path / "packed"), "gztar", CASES / "junit")
    one, two = (api.read([str(tmp_path)], jobs=jobs) for jobs in (1, 2))
    assert [run.counts for run in one] == [run.counts for run in two]
    assert [run.problems for run in one] == [run.problems for run in two]
    assert any("counted once" in each.message for run in two for each in run.problems)


def test_small_files_are_read_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "shared_out", lambda *_: pytest.fail("asked for a process"))
    assert api.read([str(INPUTS / "storefront")], jobs=8)


@pytest.mark.usefixtures("eager")
def test_progress_hears_of_every_byte_whoever_reads_it(tmp_path: Path) -> None:
    sizes = []
    for number, path in enumerate(sorted(INPUTS.rglob("*.xml"))[:3]):
        shutil.copy(path, tmp_path / f"{number}.xml")
        sizes.append(path.stat().st_size)
    heard: list[int] = []
    api.read([str(tmp_path)], progress=heard.append, jobs=2)
    assert heard == sizes


def test_what_goes_to_another_process_is_worked_on_there_by_one() -> None:
    file = File("a", lambda: pytest.fail("opened"), 1, lambda _: pytest.fail("told"), 4)
    file.alone().progress(1)
    assert file.alone().jobs == 1
