"""What clusters and container runtimes say of a container's end."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Event, Problem
from diagnose.readers import container
from diagnose.readers._file import File
from tests.conftest import Golden

HERE = Path(__file__).parent / "container"
CASES = [path.parent for path in sorted(HERE.glob("*/input"))]
SOUND = [(case / "input").read_bytes() for case in CASES]
quickly = settings(max_examples=80, deadline=None)


def read(data: bytes) -> list[Event | Problem]:
    return list(container.read(File.of(data)))


def case(name: str) -> list[Event | Problem]:
    return read((HERE / name / "input").read_bytes())


def kinds(said: list[Event | Problem]) -> list[str]:
    return [each.kind if isinstance(each, Event) else "problem" for each in said]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_state_says_what_is_expected(case: Path, golden: Golden) -> None:
    said = [{k: v for k, v in asdict(e).items() if v} for e in read((case / "input").read_bytes())]
    golden(case / "expected.json", json.dumps(said, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_state_is_recognised(case: Path) -> None:
    data = (case / "input").read_bytes()
    assert container.recognises(data)
    assert container.recognises(data.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_event_is_quoted_as_it_stands_in_the_file(case: Path) -> None:
    data = (case / "input").read_bytes()
    rows = data.decode().split("\n")
    for each in read(data):
        assert isinstance(each, Event)
        assert each.source.line
        assert "\n".join(rows[each.source.line - 1 :]).lstrip().startswith(each.text.lstrip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4096\n",
        "max\n",
        "anon 1234\nfile 5678\n",
        "low 0\nhigh 0\n",
        "Name: a person\nAge: 7\n",
        '{"pytest_version": "8.3.4", "$report_type": "SessionStart"}\n',
        '{"longrepr": "{\\"kind\\": \\"Pod\\"}"}\n',
        "apiVersion: apps/v1\nkind: Deployment\n",
        "+ kubectl describe pod\nName:  x\nContainers:\n",
        "=== test session starts ===\nState: Terminated\n  Reason: OOMKilled\n",
    ],
)
def test_what_is_no_state_of_a_container_is_not_recognised(text: str) -> None:
    assert not container.recognises(text.encode())


def test_exit_137_alone_is_no_kill_for_memory() -> None:
    assert kinds(case("fragment")) == ["container.exit"]


@pytest.mark.parametrize("name", ["pods_json", "pods_yaml"])
def test_a_kill_for_memory_counts_whatever_the_exit_code(name: str) -> None:
    killed = [e for e in case(name) if isinstance(e, Event) and e.kind == "container.oom_killed"]
    assert killed[-1].details["exit_code"] != "137"
    assert "main process ended by itself" in killed[-1].details["note"]


def test_a_torn_document_gives_the_ends_before_the_tear() -> None:
    data = (HERE / "pods_json" / "input").read_bytes()
    said = read(data[: data.index(b'"Completed"')])
    assert kinds(said) == ["container.oom_killed", "container.oom_killed", "problem"]


def test_documents_that_follow_each_other_are_all_read() -> None:
    one = (HERE / "docker_inspect" / "input").read_bytes()
    lines = [e.source.line for e in read(one + one)]
    assert len(lines) == 4
    assert lines[2:] == [line + one.count(b"\n") for line in lines[:2]]


def test_a_document_that_is_too_large_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_JSON", 100)
    said = read((HERE / "pods_json" / "input").read_bytes() + b" " * (2 << 20))
    assert any(isinstance(e, Problem) and "larger than 100 bytes" in e.message for e in said)


@pytest.mark.parametrize(
    "data",
    [
        b'[{"kind": "Pod", "x": ' + b"[" * 200_000,
        b'{"kind": "Pod"}' + b'{"terminated": ' * 30_000,
        b"Name:  x\nContainers:\n" + b"  a:\n    State:  Terminated\n" * 20_000,
        b"low 0\nhigh 0\nmax 0\noom 0\n" * 20_000,
        b"apiVersion: v1\nkind: Pod\n" + b"- " * 30_000 + b"\n" + b" " * 60_000 + b"a:\n",
    ],
    ids=["deep", "nested", "states", "counters", "dashes"],
)
def test_a_hostile_state_is_read_in_time(data: bytes) -> None:
    assert container.recognises(data)
    read(data)


@quickly
@given(st.sampled_from(SOUND), st.data())
def test_any_truncation_is_read_without_an_exception(sound: bytes, data: st.DataObject) -> None:
    cut = sound[: data.draw(st.integers(0, len(sound)))]
    container.recognises(cut)
    read(cut)


@quickly
@given(st.sampled_from(SOUND), st.sampled_from(SOUND), st.data())
def test_any_splice_is_read_without_an_exception(
    one: bytes, other: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(one)))
    read(one[:at] + data.draw(st.binary(max_size=30)) + other[at:] + one[at:])


@quickly
@given(st.binary(max_size=3000))
def test_arbitrary_bytes_are_read_without_an_exception(data: bytes) -> None:
    container.recognises(data)
    read(data)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "kind",
                    "State",
                    "OOMKilled",
                    "status",
                    "spec",
                    "containers",
                    "containerStatuses",
                    "lastState",
                    "terminated",
                    "metadata",
                    "name",
                    "Type",
                    "Action",
                    "Actor",
                    "Attributes",
                    "involvedObject",
                    "reason",
                    "message",
                    "waiting",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@quickly
@given(VALUES)
def test_a_document_of_odd_types_is_read_without_an_exception(value: object) -> None:
    read(b'{"kind": "Pod"}' + json.dumps(value).encode())
