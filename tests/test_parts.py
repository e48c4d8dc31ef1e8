"""A big file is worked on in parts, and nobody can tell from the results."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from diagnose import ahead, parts
from diagnose.parts import Batch, Part
from diagnose.scan import Hit, Pattern, Scanner
from tests.program import children

LINE = b"worker 'gw%d' crashed while running 'tests/test_%d.py'"
PATTERNS = (
    Pattern("crash", r"worker '(?P<worker>gw\d+)' crashed while running '(?P<test>[^']+)'"),
    Pattern("odd", r"test_\d*[13579]\.py", ("test_",)),
)
forked = pytest.mark.filterwarnings(
    "ignore:.*fork:DeprecationWarning"  # pytest-xdist has threads; the child touches none of them
)


@pytest.fixture(params=[True, False], ids=["process", "thread"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param and not hasattr(os, "fork"):
        pytest.skip("needs a system that forks")
    monkeypatch.setattr(parts, "WORTHWHILE", 1000)
    for module in (ahead, parts):
        monkeypatch.setattr(module, "may_fork", lambda: request.param)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    lines = [LINE % (number, number) if number % 3 else b"" for number in range(2000)]
    path = tmp_path / "console.log"
    path.write_bytes(b"\r\n".join(lines))
    return path


@forked
@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_parts_give_what_the_whole_gives(log: Path, jobs: int) -> None:
    scanner = Scanner(PATTERNS)
    whole = list(scanner.scan([log.read_bytes()]))
    assert len(whole) == 2000
    assert list(scanner.scan_file(log, jobs)) == whole
    assert list(scanner.scan_file(log, 1)) == whole
    assert all(type(hit) is Hit for hit in scanner.scan_file(log, jobs))


@forked
@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("text", [b"", b"x" * 5000, b"x" * 5000 + b"\n", b"\n" * 5000])
def test_a_file_without_lines_to_part_at_stays_whole(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "odd.log"
    path.write_bytes(text + LINE % (1, 2))
    (hit,) = Scanner(PATTERNS).scan_file(path, 4)
    assert hit.number == 1 + text.count(b"\n")


@forked
@pytest.mark.usefixtures("elsewhere")
def test_whoever_stops_listening_stops_the_workers(log: Path) -> None:
    here = children()
    hits = Scanner(PATTERNS).scan_file(log, 3)
    assert len(list(islice(hits, 3))) == 3
    before = threading.active_count()
    assert isinstance(hits, Iterator)
    del hits
    assert threading.active_count() <= before
    assert children() <= here


@forked
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_the_work_of_a_worker_that_was_killed_is_done_again(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "WORTHWHILE", 1000)
    for module in (ahead, parts):
        monkeypatch.setattr(module, "may_fork", lambda: True)
    parent = os.getpid()

    def work(blocks: Iterable[bytes]) -> Iterator[Batch]:
        for block in blocks:
            if os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)
            yield [(len(block),)], 1

    sizes = [rows[0][0] for part in parts.in_parts(Part(log), 2, work) for rows, _ in part]
    assert sum(sizes) == log.stat().st_size
    assert len(sizes) == 2


def test_a_small_file_is_not_worth_a_worker(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "may_fork", lambda: pytest.fail("asked for a worker"))
    assert len(list(parts._parts(Part(log), 2))) == 1


@forked
def test_where_no_process_may_be_had_all_parts_are_read_here(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes may be had")

    monkeypatch.setattr(parts, "WORTHWHILE", 1000)
    for module in (ahead, parts):
        monkeypatch.setattr(module, "may_fork", lambda: True)
    monkeypatch.setattr(os, "fork", refused)
    scanner = Scanner(PATTERNS)
    assert list(scanner.scan_file(log, 3)) == list(scanner.scan([log.read_bytes()]))
