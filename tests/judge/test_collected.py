"""What was not collected: only what lacks, what would tell most first."""

import tomllib
from dataclasses import replace

from diagnose import api
from diagnose.diagnosis import Diagnosis, Incident, TestCase
from diagnose.judge.collected import KINDS, lacks
from diagnose.model import Input, Run
from diagnose.reports import _doctor

CASE = TestCase("tests/test_a.py::test_x", "tests.test_a", "test_x")
DEATH = Incident("worker_killed-1", "1 test", (CASE,), "environment", "worker_killed", 0.4)
SURE = replace(DEATH, id="oom_kill-1", confidence=0.99)
INPUTS = tuple(Input(f"{kind}.x", kind, 9) for kind in ("junit", "pytest_log"))
SERIAL = Run("serial", INPUTS, workers=1, workers_source="log", started=1.0)
PARALLEL = Run("n8", INPUTS[:1], workers=8, workers_source="estimated", started=1.0)


def kinds(diagnosis: Diagnosis, *given: str) -> list[str]:
    return [lack.kind for lack in lacks(diagnosis, given)]


def test_only_what_lacks_is_named() -> None:
    assert set(kinds(Diagnosis((SERIAL,)))) == {"parallel", "kernel", "service"}
    assert set(kinds(Diagnosis((PARALLEL,)))) == {
        *("serial", "kernel", "service", "console", "workers")
    }


def test_a_log_that_covers_all_runs_lacks_in_none() -> None:
    both = Diagnosis((SERIAL, PARALLEL))
    assert not {"kernel", "service"} & set(kinds(both, "kernel", "service"))
    logged = replace(SERIAL, inputs=(*INPUTS, Input("dmesg", "kernel", 9)))
    assert "kernel" not in kinds(Diagnosis((logged, PARALLEL)))


def test_runs_without_worker_names_want_a_verbose_log() -> None:
    assert "verbose" in kinds(Diagnosis((replace(PARALLEL, inputs=INPUTS),)))


def test_what_firms_up_most_comes_first() -> None:
    found = lacks(Diagnosis((SERIAL, PARALLEL), (DEATH, SURE)))
    assert found[0].incidents == (DEATH,)
    assert [lack.worth for lack in found] == sorted((lack.worth for lack in found), reverse=True)
    assert found[-1].kind == "service"
    assert not found[-1].incidents


def test_every_kind_has_its_lines() -> None:
    known = tomllib.loads(_doctor.COLLECTING.read_text("utf-8"))
    assert set(known) == {*KINDS, "keep"}
    for kind in KINDS:
        assert {"title", "tells", "pytest", "github", "gitlab"} == set(known[kind])


def test_the_text_names_the_incident_and_no_secret() -> None:
    hostile = replace(PARALLEL, label="\x1b[31mpassword=hunter2")
    text = api.doctor(Diagnosis((hostile,), (DEATH,)))
    assert "would firm up worker_killed-1 (40%)" in text
    assert "hunter2" not in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_nothing_lacks_where_nothing_was_read() -> None:
    assert api.doctor(Diagnosis()) == "Nothing is missing that would tell more\n"
