"""What pytest's console log says of the tests, and of the end of the run."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Event, Problem, Record, Session, TestResult
from diagnose.readers import pytest_log
from diagnose.readers._file import File, TornError
from diagnose.readers._lines import lines
from diagnose.table import TestTable
from tests.conftest import Golden

HERE = Path(__file__).parent / "pytest_log"
CASES = [path.parent for path in sorted(HERE.glob("*/input"))]
SOUND = [(case / "input").read_bytes() for case in CASES]
HEADER = "=" * 29 + " test session starts " + "=" * 30
quickly = settings(max_examples=60, deadline=None)


def read(data: bytes | str) -> list[Record | Problem]:
    return list(pytest_log.read(File.of(data if isinstance(data, bytes) else data.encode())))


def results(data: bytes | str) -> list[TestResult]:
    return [record for record in read(data) if isinstance(record, TestResult)]


def session(data: bytes | str) -> Session:
    return next(record for record in reversed(read(data)) if isinstance(record, Session))


def events(data: bytes | str, kind: str) -> list[Event]:
    return [each for each in read(data) if isinstance(each, Event) and each.kind == kind]


def case(name: str) -> bytes:
    return (HERE / name / "input").read_bytes()


def plain(record: Record | Problem) -> dict[str, Any]:
    if isinstance(record, TestTable):
        return {"TestTable": [[x for x in row if x == x and x != ""] for row in record]}
    return {type(record).__name__: _present(asdict(record))}


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            k: _present(v)
            for k, v in value.items()
            if v not in (None, "", (), {}) and k != "path" and (k, v) != ("folded", False)
        }
    if isinstance(value, list | tuple):
        return [_present(each) for each in value]
    return value


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_log_says_what_is_expected(folder: Path, golden: Golden) -> None:
    said = [plain(record) for record in read((folder / "input").read_bytes())]
    golden(folder / "expected.json", json.dumps(said, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("data", SOUND, ids=[folder.name for folder in CASES])
def test_a_log_of_pytest_is_recognised(data: bytes) -> None:
    assert pytest_log.recognises(data)


@pytest.mark.parametrize("data", SOUND, ids=[folder.name for folder in CASES])
def test_a_failure_is_quoted_as_it_stands_in_the_log(data: bytes) -> None:
    rows: dict[int, str] = {}
    for line in lines(File.of(data)):
        rows[line.number] = line.text
    for result in results(data):
        texts = [(failure.text, failure.source.line) for failure in result.failures]
        texts += [(captured.text, captured.source.line) for captured in result.output]
        for text, first in texts:
            for number, row in enumerate(text.split("\n"), first):
                assert row in rows[number]


@pytest.mark.parametrize("data", SOUND, ids=[folder.name for folder in CASES])
def test_no_test_is_both_a_result_and_a_row(data: bytes) -> None:
    rows = {row.key for each in read(data) if isinstance(each, TestTable) for row in each}
    assert not rows & {result.key for result in results(data) if result.id}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear all,\n\n3 tests passed in review and one failed. ERROR is human.\n",
        "INFO FAILED to reach tests; 4 passed, in 2.1s\n",
        "2026-01-03 12:00:00 ERROR app: collected 4 invoices in 0.1s\n",
        "[  12.5] Out of memory: Killed process 14492 (python3) total-vm:512345kB\n",
        "......F\n======\nFAIL: test_x (a.B)\n------\nRan 7 tests in 0.1s\n\nFAILED (failures=1)\n",
        '<testsuite name="pytest"><system-out>=== test session starts ===</system-out></testsuite>',
        "bash: line 1:  4711 Killed                  mvn test\n",
        'The command "make test" exited with 137.\n',
        "  12 passed (3.4s)\n",
        "tests/test_a.py::test_b is slow, see FAILED [ 12%] below\n",
    ],
)
def test_what_pytest_did_not_print_is_not_recognised(text: str) -> None:
    assert not pytest_log.recognises(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        f"2026-03-04T10:15:20.0001234Z {HEADER}\n",
        "collected 30 items / 1 error\n",
        "\x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m164 passed\x1b[0m in 99.88s (0:01:39)\n",
        "= 1 failed, 802 passed, 27 warnings in 1284.21s (0:21:24) =\n",
        "[gw1] [ 12%] PASSED tests/test_a.py::test_b \n",
        "..[gw0] node down: Not properly terminated\n",
        "INTERNALERROR> Traceback (most recent call last):\n",
        "FAILED tests/test_a.py::test_b - assert 0\n",
        "/home/runner/_temp/a.sh: line 1:  2930 Killed                  pytest --cov=.\n",
        HEADER.replace("\n", "") + "\r\n",
    ],
)
def test_a_line_that_pytest_alone_prints_is_enough(text: str) -> None:
    assert pytest_log.recognises(b"some other words\n" + text.encode())


def test_a_worker_that_died_is_told_with_the_test_it_ran() -> None:
    (crash,) = events(case("worker_crash"), "worker_crash")
    assert (crash.worker, crash.test) == ("gw0", "tests/test_export.py::test_huge")
    (down,) = events(case("worker_crash"), "worker_down")
    assert down.details["reason"] == "Not properly terminated"


def test_a_log_cut_before_its_failures_still_tells_what_the_dead_worker_ran() -> None:
    data = case("worker_crash")
    cut = data[: data.index(b"= ERRORS =")]
    (crash,) = events(cut, "worker_crash")
    assert (crash.worker, crash.test) == ("gw0", "tests/test_export.py::test_huge")
    assert crash.text in cut.decode().split("\n")[crash.source.line - 1]


def test_a_keyboard_interrupt_is_no_death_of_a_worker() -> None:
    assert not events(case("interrupted"), "worker_down")
    assert events(case("interrupted"), "interrupted")


def test_what_was_started_and_never_reported_is_unfinished() -> None:
    assert session(case("killed")).unfinished == ("tests/test_export.py::test_huge",)
    assert session(case("interrupted")).unfinished == (
        "tests/test_a.py::test_two",
        "tests/test_b.py::test_slow[x@y]",
        "tests/test_a.py::test_three",
    )


def test_a_failure_and_a_teardown_error_are_one_test() -> None:
    (found,) = [each for each in results(case("verbose")) if each.name == "test_total"]
    assert [(each.outcome, each.phase) for each in found.failures] == [
        ("failed", "call"),
        ("error", "teardown"),
    ]
    assert found.outcome == "failed"


def test_styles_and_verbosity_change_no_name() -> None:
    names = [
        {each.key for each in results(case(name)) if each.failed}
        for name in ("verbose", "dots", "quiet", "line_style", "native_without_summary")
    ]
    assert all(found == names[0] for found in names)


def test_a_test_that_passed_when_tried_again_is_a_result_with_its_attempts() -> None:
    (card,) = [each for each in results(case("retried")) if each.name == "test_card"]
    assert [attempt.outcome for attempt in card.attempts] == ["failed", "passed"]


def test_a_session_that_a_test_printed_is_not_one_of_the_log() -> None:
    sessions = [each for each in read(case("retried")) if isinstance(each, Session)]
    assert len(sessions) == 1


def test_a_log_that_is_cut_says_so() -> None:
    problems = [each for each in read(case("cut_in_the_failures")) if isinstance(each, Problem)]
    assert "inside its failures" in problems[0].message


def test_a_reader_tells_that_its_file_is_torn() -> None:
    class _Torn(File):
        def blocks(self, size: int = 0) -> Iterator[bytes]:
            yield case("dots")[: size or None]
            raise TornError("breaks off")

    said = pytest_log.read(_Torn("torn", lambda: pytest.fail("not opened")))
    problems = [each.message for each in said if isinstance(each, Problem)]
    assert problems == ["could not be read to its end: breaks off"]


def test_thousands_of_failures_of_one_name_are_told_apart() -> None:
    count = 3000
    block = (
        "_" * 30 + " test_stored " + "_" * 40 + "\n\n>   ask()\nE   OSError\n\nshop.py:4: OSError\n"
    )
    log = [HEADER, "=" * 30 + " FAILURES " + "=" * 40, block * count]
    log += ["=" * 27 + " short test summary info " + "=" * 28]
    log += [f"FAILED tests/test_{number}.py::test_stored - OSError" for number in range(count)]
    started = time.perf_counter()
    found = results("\n".join(log))
    assert len({each.id for each in found}) == count
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "line",
    [
        "= " * 30000,
        "a.py::b " * 8000,
        "PASSED (" * 8000,
        "crashed line 1: " * 4000,
        "[gw0] " * 9000,
    ],
)
def test_a_hostile_line_costs_no_more_than_others(line: str) -> None:
    started = time.perf_counter()
    read(f"{HEADER}\n" + f"{line}\n" * 20)
    pytest_log.recognises(f"{line}\n".encode() * 20)
    assert time.perf_counter() - started < 5


def test_an_id_that_was_cut_is_completed() -> None:
    log = [
        HEADER,
        "tests/test_a.py::test_of_a_very_long_name[one] FAILED  [ 50%]",
        "=" * 27 + " short test summary info " + "=" * 28,
        "FAILED tests/test_a.py::test_of_a_very_long_na...",
        "=" * 30 + " 1 failed in 0.10s " + "=" * 31,
    ]
    (found,) = results("\n".join(log))
    assert found.id == "tests/test_a.py::test_of_a_very_long_name[one]"


@quickly
@given(st.binary(max_size=2000))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    read(data)
    pytest_log.recognises(data)


def test_a_log_may_end_at_any_byte() -> None:
    data = case("old_xdist_on_a_terminal")
    for end in range(data.index(b"scheduling"), len(data) - 2):
        *_, problem, said = [x for x in read(data[:end]) if isinstance(x, Problem | Session)]
        assert isinstance(problem, Problem)
        assert isinstance(said, Session)
        assert not said.finished


@quickly
@given(st.sampled_from(SOUND), st.floats(0, 1))
def test_no_truncation_makes_it_raise(data: bytes, part: float) -> None:
    read(data[: int(len(data) * part)])


@quickly
@given(st.sampled_from(SOUND), st.sampled_from(SOUND), st.floats(0, 1), st.floats(0, 1))
def test_no_splice_of_two_logs_makes_it_raise(
    one: bytes, other: bytes, until: float, since: float
) -> None:
    read(one[: int(len(one) * until)] + other[int(len(other) * since) :])


@quickly
@given(st.sampled_from(SOUND), st.randoms(use_true_random=False))
def test_no_order_of_the_lines_makes_it_raise(data: bytes, random: Any) -> None:
    rows = data.splitlines(keepends=True)
    random.shuffle(rows)
    read(b"".join(rows))
