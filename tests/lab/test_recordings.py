"""The recordings of the lab, replayed: what the tool says beside what really happened.

`--golden` raises the floor of `scoreboard.toml` to what is reached, and never lowers it.
"""

import re
import tomllib
from pathlib import Path

import pytest

import lab
from diagnose.causes import catalogue
from lab.recordings import files, pack, scrubbed, unpacked
from lab.scenario import ScenarioError, load, names, split_of
from lab.scoring import Scored, figures, score_all

FLOOR = Path(__file__).parent / "scoreboard.toml"
MOST_BYTES = 5_000_000
COUNTED = ("scenarios", "tests", "sure", "service_faults_excused", "relation_wrong")
every_recording = pytest.mark.parametrize("file", files(), ids=lambda file: file.name[:-7])


@pytest.fixture(scope="module")
def scored() -> list[Scored]:
    return list(score_all())


def board(rows: list[Scored]) -> dict[str, dict[str, float]]:
    parts = {"all": rows, **{half: [r for r in rows if r.split == half] for half in HALVES}}
    return {
        part: {k: v for k, v in figures(some).items() if v is not None and k not in COUNTED}
        for part, some in parts.items()
    }


HALVES = ("train", "test")


def test_no_figure_falls(scored: list[Scored], request: pytest.FixtureRequest) -> None:
    floor = tomllib.loads(FLOOR.read_text("utf-8")) if FLOOR.exists() else {}
    reached = board(scored)
    if request.config.getoption("--golden"):
        floor = {
            part: {
                name: max(value, floor.get(part, {}).get(name, 0)) for name, value in told.items()
            }
            for part, told in reached.items()
        }
        lines = [
            f"[{part}]\n" + "".join(f"{name} = {value}\n" for name, value in told.items())
            for part, told in floor.items()
        ]
        FLOOR.write_text("\n".join(lines), "utf-8", newline="\n")
    fallen = {
        f"{part}.{name}": (value, reached[part].get(name))
        for part, told in floor.items()
        for name, value in told.items()
        if reached[part].get(name, 0) < value
    }
    assert fallen == {}, "floor and figure; `python -m lab score` lists the misses"


def test_no_fault_of_a_service_is_excused(scored: list[Scored]) -> None:
    assert {r.name for r in scored for t in r.tests if t.excused} == set()


def test_the_relation_is_never_wrong(scored: list[Scored]) -> None:
    assert {row.name for row in scored if row.relation_wrong} == set()


def test_every_scenario_has_a_recording() -> None:
    assert [file.name.removesuffix(".tar.xz") for file in files()] == names()


def test_all_recordings_are_small() -> None:
    assert sum(file.stat().st_size for file in files()) < MOST_BYTES


@every_recording
def test_a_recording_is_of_the_scenario_as_it_is(file: Path) -> None:
    with unpacked(file) as recording:
        scenario, truth = load(recording.name), recording.truth
        assert recording.split == split_of(recording.name)
        assert list(truth["runs"]) == list(scenario.runs)
        known = {fault.name: fault for fault in scenario.faults}
        for told in truth["tests"].values():
            fault = known[told["fault"]]
            assert (told["verdict"], told["cause"]) == (fault.verdict, fault.cause)
            assert told["cause"] in catalogue()
        assert all((run / "console.log").exists() for run in recording.runs)


@every_recording
def test_a_recording_does_not_tell_who_made_it(file: Path) -> None:
    somebodys = re.compile(rb"(?<![\w/.])/(?:root|home|tmp|Users)/|hostname=\"(?!runner\")")
    with unpacked(file) as recording:
        for path in recording.runs[0].parent.parent.rglob("*"):
            assert not path.is_file() or not somebodys.search(path.read_bytes()), path.name


def test_what_names_the_machine_is_not_recorded(tmp_path: Path) -> None:
    (tmp_path / "console.log").write_text(f"rootdir: {Path(lab.__file__).parent.parent}\n", "utf-8")
    with pytest.raises(ScenarioError, match=r"serial/console\.log tells of this machine"):
        pack("bakery", {}, {"serial": tmp_path}, tmp_path)


def test_the_places_of_a_machine_are_taken_off() -> None:
    line = b"oom_memcg=/system.slice/actions.runner.service/job-7,task=python"
    assert scrubbed(line) == b"oom_memcg=/job-7,task=python"


def test_the_same_files_make_the_same_recording(tmp_path: Path) -> None:
    run = tmp_path / "serial"
    run.mkdir()
    (run / "console.log").write_text("1 passed\n", "utf-8")
    (run / "meta.json").write_text("{}", "utf-8")
    truth = {"split": "train", "product": "bakery", "runs": {"serial": {"workers": 0}}}
    made = [pack("bakery", truth, {"serial": run}, tmp_path / part) for part in "ab"]
    assert made[0].read_bytes() == made[1].read_bytes()
    with unpacked(made[0]) as recording:
        assert [p.name for p in recording.runs[0].iterdir()] == ["console.log"]
        assert (recording.name, recording.product) == ("bakery", "bakery")
