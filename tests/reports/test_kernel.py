"""What kernels say, in every format: from a log and a console of our own to the report."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import diagnose
from diagnose.diagnosis import Diagnosis, Kernel
from diagnose.model import Input, Run, Source
from diagnose.oom import KernelIncident, KernelKill, Moment
from tests.conftest import Golden

HERE = Path(__file__).parent / "kernel"


@pytest.fixture
def diagnosis(monkeypatch: pytest.MonkeyPatch) -> Diagnosis:
    monkeypatch.chdir(HERE)
    return diagnose.examine(["unit=console.log"], kernel=["dmesg.txt"])


@pytest.fixture
def report(diagnosis: Diagnosis) -> Any:
    return json.loads(diagnose.render(diagnosis, "json"))


def test_the_terminal_shows_timeline_bars_and_advice(diagnosis: Diagnosis, golden: Golden) -> None:
    golden(HERE / "expected.txt", diagnose.render(diagnosis))


def test_json_says_the_same(report: Any, golden: Golden) -> None:
    golden(
        HERE / "expected.json", json.dumps(report["kernel"], indent=1, ensure_ascii=False) + "\n"
    )


def test_it_holds_to_the_schema(report: Any) -> None:
    Draft202012Validator(json.loads(diagnose.schema())).validate(report)


@pytest.mark.parametrize("key", ["worker", "wall_clock", "quote", "source"])
def test_the_schema_misses_what_is_not_there(report: Any, key: str) -> None:
    del report["kernel"]["kills"][0][key]
    assert not Draft202012Validator(json.loads(diagnose.schema())).is_valid(report)


def test_the_quotes_of_kills_stand_in_the_log(
    diagnosis: Diagnosis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE)
    saved = tmp_path / "report.json"
    saved.write_text(diagnose.render(diagnosis, "json"), "utf-8")
    checked, wrong = diagnose.api.verify(saved)
    assert checked >= 3
    assert wrong == []


def headline(kernel: Kernel, *runs: Run) -> str:
    return diagnose.render(Diagnosis(runs, kernel=kernel)).splitlines()[0]


KILL = KernelKill(7, "python3", Source("dmesg", 3), "Killed process 7", "global", incident=1)
INCIDENT = KernelIncident(1, Source("dmesg", 1), "the machine ran out of memory", "global")
LOG = Input("dmesg", "kernel", 9)


def test_without_tests_the_headline_is_the_kernels() -> None:
    assert headline(Kernel((KILL,), (INCIDENT,), (), (LOG,))) == (
        "1 OOM kill: the machine ran out of memory"
    )
    assert headline(Kernel(logs=(LOG,))) == "No OOM kill in the kernel log"
    assert headline(Kernel()) == "No test was found"


def test_a_clock_without_a_zone_is_written_without_one() -> None:
    kills = [KILL, KernelKill(8, "x", KILL.source, "", when=Moment(time=0.25, zoned=False))]
    document = json.loads(diagnose.render(Diagnosis(kernel=Kernel(tuple(kills))), "json"))
    clocks = [kill["wall_clock"] for kill in document["kernel"]["kills"]]
    assert clocks == [None, "1970-01-01T00:00:00.250"]


def test_names_of_processes_do_no_harm() -> None:
    evil = KernelKill(9, "\x1b[31mx\u202e", KILL.source, "", when=Moment(1.0), incident=1)
    text = diagnose.render(Diagnosis(kernel=Kernel((evil,), (INCIDENT,))))
    assert "\x1b" not in text
    assert "\u202e" not in text


UNIT = KernelKill(0, "", Source("status", 4), "api.service: A process", unit="api.service")


def test_what_systemd_alone_tells_is_said_to_be_its_word() -> None:
    kernel = Kernel((UNIT,), logs=(LOG,))
    text = diagnose.render(Diagnosis(kernel=kernel))
    assert headline(kernel).startswith("1 OOM kill: a process of api.service, by the word of")
    assert "killed a process of api.service" in text
    assert "no line of the kernel is here" in text


def test_a_kill_without_a_pid_has_null_in_json_and_comes_back(tmp_path: Path) -> None:
    document = diagnose.render(Diagnosis(kernel=Kernel((UNIT,))), "json")
    killed = json.loads(document)["kernel"]["kills"][0]
    assert (killed["pid"], killed["comm"], killed["unit"]) == (None, None, "api.service")
    Draft202012Validator(json.loads(diagnose.schema())).validate(json.loads(document))
    (tmp_path / "saved.json").write_text(document, "utf-8")
    (back,) = diagnose.api.saved(tmp_path / "saved.json").kernel.kills
    assert (back.pid, back.comm, back.unit) == (0, "", "api.service")


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_what_befell_the_runs_comes_before_what_befell_other_jobs(form: str) -> None:
    others = [replace(INCIDENT, id=n, text=f"job {n} ran out of memory") for n in range(1, 8)]
    ours = replace(INCIDENT, id=8, text="the tests ran out of memory")
    kill = replace(KILL, incident=8, run="n8", worker="gw0")
    kernel = Kernel((kill,), (*others, ours), (), (LOG,))
    said = diagnose.render(Diagnosis((Run("n8", ()),), kernel=kernel), form)
    if form == "html":
        assert said.index("The tests ran out of memory</h3>") < said.index("job 1 ran out")
        assert said.count("<small>of none of these runs</small>") == len(others)
    else:
        assert "the tests ran out of memory" in said
        assert "7 more incidents in this log, of none of these runs" in said
        assert "job 1 ran out" not in said


def test_where_no_kill_belongs_to_a_run_all_are_shown() -> None:
    kernel = Kernel((KILL,), (INCIDENT,), (), (LOG,))
    said = diagnose.render(Diagnosis((Run("n8", ()),), kernel=kernel))
    assert "the machine ran out of memory" in said
    assert "killed python3 (7): of none of these runs" in said
