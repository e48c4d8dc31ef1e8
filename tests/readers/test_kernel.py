"""Kernel logs, as every kernel and every logger writes them."""

import dataclasses
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnose.model import Event, Problem, Record
from diagnose.oom import KernelIncident, KernelKill
from diagnose.readers import kernel
from diagnose.readers._file import File
from tests.corpus import CORPUS, needs_corpus

CASES = sorted(path for path in (Path(__file__).parent / "kernel").iterdir() if path.is_dir())
INPUTS = {case.name: next(case.glob("input*")).read_bytes() for case in CASES}
WHOLE = INPUTS["an_innocent_process_dies_for_many"]
KILL = (
    b"[    8.773710] Out of memory: Killed process 110 (code) total-vm:83332kB, anon-rss:81992kB\n"
)
VICTIM = (4101, "postgres")


def read(data: bytes) -> list[Record | Problem]:
    return list(kernel.read(File.of(data, "kernel.log")))


def kills(data: bytes) -> list[KernelKill]:
    return [record for record in read(data) if isinstance(record, KernelKill)]


def incidents(data: bytes) -> list[KernelIncident]:
    return [record for record in read(data) if isinstance(record, KernelIncident)]


def victims(data: bytes) -> list[tuple[int, str]]:
    return [(kill.pid, kill.comm) for kill in kills(data)]


def told(record: Record | Problem) -> dict[str, object]:
    """Show a record without what it leaves open."""
    assert isinstance(record, KernelKill | KernelIncident | Event | Problem)
    fields = _short(dataclasses.asdict(record))
    assert isinstance(fields, dict)
    fields.pop("tasks", None)
    return {"record": type(record).__name__, **fields}


def _short(value: object) -> object:
    if isinstance(value, dict):
        return {key: _short(part) for key, part in value.items() if part not in (None, "", (), {})}
    if isinstance(value, tuple):
        return [_short(part) for part in value]
    return round(value, 3) if isinstance(value, float) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_log_is_read_as_expected(case: Path, golden: Callable[[Path, str], None]) -> None:
    records = [told(record) for record in read(INPUTS[case.name])]
    golden(case / "expected.json", json.dumps(records, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_log_is_recognised(case: Path) -> None:
    assert kernel.recognises(INPUTS[case.name])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_quoted_stands_in_its_line(case: Path) -> None:
    lines = INPUTS[case.name].decode("utf-8", "replace").splitlines()
    for record in read(INPUTS[case.name]):
        if isinstance(record, KernelKill | Event):
            assert record.text in lines[record.source.line - 1]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n\n",
        b"tests/test_kill.py::test_killed_process PASSED\n",
        b"E   AssertionError: Out of memory: Killed process 12 (python) not in log\n",
        b"java.lang.OutOfMemoryError: Java heap space\n",
        b"export JAVA_OPTS=-XX:+HeapDumpOnOutOfMemoryError\nmake: *** [test] Killed\n",
        b"2026-01-01 10:00:00 Oops: something went wrong\n",
        b'<testsuites><testcase name="test_segfault"/></testsuites>\n',
    ],
)
def test_words_alone_make_no_kernel_log(text: bytes) -> None:
    assert not kernel.recognises(text)
    assert read(text) == []


def test_a_kernel_log_without_trouble_is_known_and_silent() -> None:
    log = b"".join(b"[    2.%06d] usb 1-1: new device number %d\n" % (n, n) for n in range(9))
    assert kernel.recognises(log)
    assert read(log) == []


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_any_encoding_will_do(codec: str) -> None:
    data = WHOLE.decode().encode(codec)
    assert kernel.recognises(data)
    assert victims(data) == [VICTIM]


@pytest.mark.parametrize(
    "prefix",
    [
        b"<4>",
        b"kern  :err   : ",
        b"> ",
        b"    ",
        b"\t> > ",
        b"2026-11-20T23:33:52.066123456Z stdout F ",
        b"node-1  | ",
        b"[   42.980691 <    0.000012 >] host kernel: ",
        b"[Fri Nov 20 23:33:03 2026 <    0.000012>] ",
        b"[Fri Nov 20 23:33:03 2026][   T12] ",
        b"12:01:02.250 ",
        b"Nov 21 00:05:34 host kernel: ",
        b"Nov 21 00:05:34 kernel:",
        b"21. Nov 00:05:34 host kernel: ",
        b"Sat 2026-11-21 00:05:34 CET host kernel: ",
        b"<4>1 2026-11-21T00:05:34.430589Z host kernel - - - ",
        b"/var/log/kern.log:12:Nov 21 00:05:34 host kernel: ",
        b"2023-12-04T10:49:30.127Z In(05) vcpu-5 - Guest: <6>",
    ],
)
def test_what_stands_before_a_line_does_not_matter(prefix: bytes) -> None:
    data = b"".join(prefix + line for line in WHOLE.splitlines(keepends=True))
    (incident,) = incidents(data)
    assert victims(data) == [VICTIM]
    assert incident.culprit.name == "pytest"
    assert incident.victim_is_culprit is False
    assert incident.complete


@pytest.mark.parametrize("width", [78, 80, 100, 132])
def test_lines_that_a_terminal_broke_are_whole_again(width: int) -> None:
    lines = WHOLE.splitlines()
    pieces = [line[at : at + width] for line in lines for at in range(0, len(line), width)]
    data = b"\n".join(pieces) + b"\n"
    (kill,) = kills(data)
    assert (kill.pid, kill.anon_rss_kb, kill.limit_cgroup) == (
        4101,
        80000,
        "/ci.slice/job-88.scope",
    )
    assert incidents(data)[0].culprit.processes == 8


def test_long_prose_around_a_broken_log_does_not_hide_that_it_is_broken() -> None:
    prose = b"It happens each night, and nobody has any idea why, " * 12 + b"\n"
    data = prose + INPUTS["wrapped_in_a_mail"] + prose
    assert victims(data) == [VICTIM]
    assert incidents(data)[0].culprit.processes == 8


def test_a_cut_log_tells_nothing_that_is_false() -> None:
    sentence = WHOLE.index(b"oom-kill:")
    for end in range(sentence, len(WHOLE)):
        for kill in kills(WHOLE[:end]):
            assert (kill.pid, kill.comm) == VICTIM
            assert kill.anon_rss_kb in (None, 80000)
            assert kill.limit_cgroup == "/ci.slice/job-88.scope"


def test_a_log_without_its_head_blames_nobody_without_proof() -> None:
    lines = WHOLE.splitlines(keepends=True)
    for start in range(len(lines) - 2):
        data = b"".join(lines[start:])
        assert victims(data) == [VICTIM]
        assert incidents(data)[0].culprit.name in ("pytest", "")


def test_kills_in_a_big_log_are_found_where_they_are() -> None:
    noise = b"".join(b"Nov 21 00:05:34 host app[%d]: GET /health 200\n" % n for n in range(60_000))
    data = noise + WHOLE + noise + KILL + noise
    first, second = kills(data)
    assert first.source.line == 60_000 + WHOLE[: WHOLE.index(b"Killed process")].count(b"\n") + 1
    assert second.source.line == 120_000 + WHOLE.count(b"\n") + 1
    assert incidents(data)[0].complete


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(INPUTS)), st.integers(0, 4000))
def test_no_bytes_are_too_strange(noise: bytes, case: str, at: int) -> None:
    data = INPUTS[case]
    for text in (noise, data[:at] + noise + data[at:], data[at:] + noise + data[:at]):
        kernel.recognises(text)
        read(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(INPUTS)), st.randoms(use_true_random=False))
def test_lines_in_any_order_do_no_harm(case: str, random: Random) -> None:
    lines = INPUTS[case].splitlines(keepends=True)
    random.shuffle(lines)
    read(b"".join(lines))


@pytest.mark.parametrize(
    "unit",
    [
        b",task=",
        b",oom_memcg=",
        b"[",
        b" ",
        b":",
        b'"a": ',
        b"invoked oom-killer: gfp_mask=0x",
        b"\r",
    ],
)
def test_a_hostile_line_takes_no_time(unit: bytes) -> None:
    lines = (KILL.rstrip() + unit * 20_000 + b"\n", b"oom-kill:" + unit * 20_000 + b"x\n", KILL)
    start = time.monotonic()
    read(b"".join(lines) * 3)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("figure", [b"9" * 400, b"9" * 30])
def test_figures_that_no_machine_has_are_left_out(figure: bytes) -> None:
    rows = re.sub(rb"(?m)(\]\s+\d+\s+\d+\s+\d+\s+)\d+", rb"\g<1>" + figure, WHOLE)
    sums = re.sub(rb"(?<=usage )\d+|(?<=limit )\d+|(?<=anon )\d+", figure, WHOLE)
    for data in (rows, sums):
        assert victims(data) == [VICTIM]
        assert len(incidents(data)[0].text) < 300


@needs_corpus
def test_the_corpus_is_read_kill_by_kill() -> None:
    for line in (CORPUS / "kernel" / "oracle.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = {(each["pid"], each["comm"]) for each in row["events"] if each["type"] == "killed"}
        found = victims((CORPUS / row["local"]).read_bytes())
        assert wanted <= set(found), row["local"]
        assert len(found) == len(set(found)), row["local"]
