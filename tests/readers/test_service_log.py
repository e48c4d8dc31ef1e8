"""What a service said of itself while it was tested."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Event, Problem
from diagnose.readers import service_log
from diagnose.readers._file import File, TornError
from tests.conftest import Golden

HERE = Path(__file__).parent / "service_log"
CASES = [path.parent for path in sorted(HERE.glob("*/input"))]
SOUND = [(case / "input").read_bytes() for case in CASES]
quickly = settings(max_examples=60, deadline=None)


def read(data: bytes) -> list[Event | Problem]:
    return list(service_log.read(File.of(data)))


def events(data: bytes, kind: str) -> list[Event]:
    return [each for each in read(data) if isinstance(each, Event) and each.kind == kind]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_log_says_what_is_expected(case: Path, golden: Golden) -> None:
    data = (case / "input").read_bytes()
    said = [{k: v for k, v in asdict(each).items() if v} for each in read(data)]
    golden(case / "expected.json", json.dumps(said, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_log_of_a_service_is_recognised(case: Path) -> None:
    assert service_log.recognises((case / "input").read_bytes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_event_is_quoted_as_it_stands_in_the_log(case: Path) -> None:
    text = (case / "input").read_text("utf-8")
    plain = text.replace("\x1b[31m", "").replace("\x1b[1m", "").replace("\x1b[35m", "")
    rows = plain.replace("\x1b[0m", "").splitlines()
    for each in read((case / "input").read_bytes()):
        assert isinstance(each, Event)
        if each.source.line:
            quoted = each.text.splitlines()
            assert all(map(str.endswith, rows[each.source.line - 1 :], quoted))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Dear all,\n\nthe release is late. ERROR is human.\n",
        "=== test session starts ===\n2026-11-20 23:49:40,593 INFO identity: hello\n",
        "tests/test_a.py::test_b PASSED\n2026-11-20 23:49:40,593 INFO identity: hello\n",
        '{"pytest_version": "8.3.4", "$report_type": "SessionStart"}\n',
        '<?xml version="1.0"?>\n<testsuite tests="1"/>\n',
        "[    1.000000] Out of memory: Killed process 7 (python)\n",
        "2026-11-20T23:49:40+0000 host kernel: Out of memory: Killed process 7 (python)\n",
        "Nov 20 23:49:40 host systemd[1]: Started session.\n",
        "[INFO] Scanning for projects...\n[ERROR] COMPILATION ERROR :\n",
    ],
)
def test_what_is_no_log_of_a_service_is_not_recognised(text: str) -> None:
    assert not service_log.recognises(text.encode())


def test_many_events_of_a_kind_are_thinned_and_counted() -> None:
    row = "2026-11-20 23:49:40,593 ERROR app: request {} failed\n"
    data = "".join(row.format(number) for number in range(3000)).encode()
    errors = events(data, "service.error")
    assert [errors[0].source.line, errors[-1].source.line, len(errors)] == [1, 3000, 2500]
    [summary] = events(data, "service.summary")
    assert summary.details["left_out"] == "service.error=500"
    assert summary.details["levels"] == "error=3000"


def test_a_long_traceback_is_cut_and_stays_one_event() -> None:
    frames = '  File "a.py", line 1, in f\n    f()\n' * 5000
    data = f"Traceback (most recent call last):\n{frames}RecursionError: too deep\n".encode()
    [error] = events(data, "service.error")
    assert len(error.text) < 10_000
    assert error.details["exception"] == "RecursionError"


class _Torn(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if block := super().read(size):
            return block
        raise TornError("breaks off")


def test_a_torn_file_yields_what_came_before() -> None:
    *said, summary = service_log.read(File("torn", lambda: _Torn(SOUND[0])))
    assert isinstance(summary, Event)
    assert [each.message for each in said if isinstance(each, Problem)] == [
        "could not be read to its end: breaks off"
    ]


@pytest.mark.parametrize(
    "line", ['level=x a="' * 6000, '"GET ' * 13000, "{" * 65000, "((" * 30000, "A." * 30000]
)
def test_a_hostile_line_costs_no_more_than_others(line: str) -> None:
    data = ("panic: x\n" + (line + "\n") * 40).encode()
    assert read(data)  # quadratic matching would run into the suite's time limit


@quickly
@given(st.sampled_from(SOUND), st.data())
def test_any_truncation_is_read_without_an_exception(sound: bytes, data: st.DataObject) -> None:
    cut = sound[: data.draw(st.integers(0, len(sound)))]
    service_log.recognises(cut)
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
    service_log.recognises(data)
    read(data)
