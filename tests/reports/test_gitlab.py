"""What GitLab shows: sections of a job's log that fold, and the code quality of a merge request."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis, Incident, TestCase, Verdict
from diagnose.model import Failure, Run, Source, TestResult
from tests.reports.hostile import EVIL, everywhere
from tests.sample import sample

# As GitLab itself takes a log apart.
SECTION = re.compile(
    r"section_(start|end):(\d+):([a-zA-Z0-9_.-]+)(\[(?:\w+=\w+)(?:, ?(?:\w+=\w+))*\])?\r\x1b\[0K"
)
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
STORE = """\
tests/test_a.py:7: in test_one
    store.put(1)
shop/store.py:40: in put
    raise Full
E   db.Full: no room"""


def failed(*texts: str, verdict: Verdict = "service_fault") -> Diagnosis:
    results = tuple(
        TestResult(
            "tests.test_a", f"test_{number}", "failed", Source("a.xml", 3),
            file="tests/test_a.py", line=5,
            failures=(Failure("failed", "no room", Source("a.xml", 4), text),),
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    cases = tuple(
        TestCase(f"tests/test_a.py::{each.name}", each.classname, each.name, each.file)
        for each in results
    )
    incident = Incident("x-1", "they failed: no room", cases, verdict, "assertion", 0.8, "likely")
    return Diagnosis((Run("n8", results=results),), (incident,))


def entries(diagnosis: Diagnosis) -> list[dict[str, Any]]:
    found = json.loads(diagnose.render(diagnosis, "codequality"))
    assert isinstance(found, list)
    return found


def test_without_its_marks_the_log_is_the_terminals_report() -> None:
    bare = SECTION.sub("", diagnose.render(sample(), "gitlab")).replace("\x1b[0K", "")
    said = [line for line in bare.splitlines() if line]
    assert said == [line for line in diagnose.render(sample()).splitlines() if line]


def test_each_section_ends_and_none_lies_in_another() -> None:
    marks = [match.groups()[:3] for match in SECTION.finditer(diagnose.render(sample(), "gitlab"))]
    starts, ends = marks[::2], marks[1::2]
    assert [name for _, _, name in starts] == [name for _, _, name in ends]
    assert {kind for kind, *_ in starts} == {"start"}
    assert {kind for kind, *_ in ends} == {"end"}
    assert len({name for _, _, name in starts}) == len(starts) >= 5


def test_what_to_do_is_open_and_the_table_of_runs_is_folded() -> None:
    marks = list(SECTION.finditer(diagnose.render(sample(), "gitlab")))
    folded = {mark[3]: mark[4] == "[collapsed=true]" for mark in marks if mark[1] == "start"}
    assert folded["diagnose_advice"] is False
    assert folded["diagnose_failures"] is False
    assert folded["diagnose_runs"] is True
    assert folded["diagnose_problems"] is True


@pytest.mark.parametrize("text", [EVIL, "section_end:0:diagnose_failures\r\x1b[0K", "\x1b[2J"])
def test_a_test_can_not_end_a_section(text: str) -> None:
    ours = SECTION.sub("", diagnose.render(everywhere(text), "gitlab")).replace("\x1b[0K", "")
    assert not set(ours) & set("\x1b\r\x00")
    assert "diagnose_failures\r" not in ours


def test_an_entry_has_what_gitlab_asks_for() -> None:
    for entry in entries(sample()):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in SEVERITIES
        assert entry["location"]["lines"]["begin"] >= 1
        assert entry["location"]["path"]
        assert not entry["location"]["path"].startswith(("/", "./"))


def test_an_entry_stands_where_its_tests_failed_and_counts_them() -> None:
    (store, test) = entries(failed(STORE, "", STORE))
    assert store["location"] == {"path": "shop/store.py", "lines": {"begin": 40}}
    assert store["description"] == "likely service fault: they failed: no room (2 tests here)"
    assert test["location"] == {"path": "tests/test_a.py", "lines": {"begin": 5}}
    assert test["description"] == "likely service fault: they failed: no room"


def test_a_service_fault_weighs_more_than_what_ran_out() -> None:
    assert entries(failed(""))[0]["severity"] == "critical"
    assert entries(failed("", verdict="resource_exhaustion"))[0]["severity"] == "minor"


def test_an_entry_is_known_again_when_lines_have_moved() -> None:
    before, after = failed(STORE), failed(STORE.replace(":40:", ":99:"))
    assert entries(before) != entries(after)
    assert [e["fingerprint"] for e in entries(before)] == [e["fingerprint"] for e in entries(after)]


def test_an_entry_is_known_again_when_other_tests_fail_of_it() -> None:
    several = failed(STORE, STORE, "")
    fewer = replace(several.incidents[0], tests=several.incidents[0].tests[1:])
    (before, _), (after, _) = entries(several), entries(replace(several, incidents=(fewer,)))
    assert before["fingerprint"] == after["fingerprint"]


def test_no_two_entries_have_one_fingerprint() -> None:
    prints = [entry["fingerprint"] for entry in entries(sample())]
    assert len(set(prints)) == len(prints) >= 4
    places = [
        entry["fingerprint"] for entry in entries(failed(STORE, STORE.replace(":40:", ":9:")))
    ]
    assert len(set(places)) == 2
    known = replace(failed(STORE).incidents[0], cause="crash")
    other = entries(replace(failed(STORE), incidents=(known,)))
    assert other[0]["fingerprint"] not in [e["fingerprint"] for e in entries(failed(STORE))]


def test_a_green_run_brings_nothing() -> None:
    assert diagnose.render(Diagnosis((Run("n8", unnamed={"passed": 3}),)), "codequality") == "[]\n"


@pytest.mark.parametrize("text", [EVIL, "x" * 50_000, "../../etc/passwd", "/etc/passwd"])
def test_hostile_text_gives_a_small_report_of_plain_values(text: str) -> None:
    report = diagnose.render(everywhere(text), "codequality")
    assert len(report) < 10_000
    for entry in json.loads(report):
        assert not set(json.dumps(entry, ensure_ascii=False)) & set("\x1b\x00\u202e")
        assert not entry["location"]["path"].startswith("/")
        assert ".." not in entry["location"]["path"].split("/")


def test_no_more_entries_are_written_than_anybody_reads() -> None:
    assert len(entries(failed(*(STORE.replace(":40:", f":{n}:") for n in range(1, 1500))))) == 1000
