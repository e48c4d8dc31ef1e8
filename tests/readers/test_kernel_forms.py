"""The same kernel messages mean the same, whatever tool wrote them down and whoever cut them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diagnose.oom import KernelIncident, KernelKill
from diagnose.readers import kernel
from diagnose.readers._file import File
from tests.readers.kernel_forms import FORMS, Form, Log, parsed

LOGS = {
    case.parent.name: parsed(case.read_bytes())
    for case in sorted((Path(__file__).parent / "kernel").glob("*/input.txt"))
    if case.read_bytes().startswith(b"[ ")
}
ONE = LOGS["an_innocent_process_dies_for_many"]
BOOTS = "two_boots_have_two_clocks"
ONE_BOOT = frozenset(name for name in FORMS if name.startswith("dmesg_human"))
Facts = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def facts(data: bytes) -> Facts:
    """Return what is said of kills and incidents, without clocks and line numbers."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    assert kernel.recognises(data[: 1 << 20])
    records = list(kernel.read(File.of(data)))
    kills: list[tuple[object, ...]] = [
        (k.pid, k.comm, k.rss_kb, k.total_vm_kb, k.limit_cgroup, k.task_cgroup, k.scope, k.incident)
        for k in records
        if isinstance(k, KernelKill)
    ]
    incidents: list[tuple[object, ...]] = [
        (i.id, i.scope, i.limit_kb, i.usage_kb, i.victims, i.trigger, i.culprit, i.complete)
        for i in records
        if isinstance(i, KernelIncident)
    ]
    return sorted(kills, key=str), incidents


def pids(data: bytes) -> list[object]:
    return [kill[0] for kill in facts(data)[0]]


@pytest.mark.parametrize("make", FORMS.values(), ids=FORMS)
def test_every_form_of_a_log_tells_the_same(make: Form) -> None:
    for name, log in LOGS.items():
        if name == BOOTS and make.__name__ in ONE_BOOT:
            continue  # one call of dmesg shows one boot
        assert facts(make(log)) == facts(FORMS["dmesg"](log)), name


def _grepped(words: str) -> Callable[[bytes], bytes]:
    wanted = re.compile(words.encode())
    return lambda data: b"".join(
        line for line in data.splitlines(keepends=True) if wanted.search(line)
    )


CUTS: dict[str, Callable[[bytes], bytes]] = {
    "grep -i oom": _grepped("(?i)oom|killed process"),
    "grep Killed": _grepped("Killed process"),
    "only its end": lambda data: b"\n".join(data.split(b"\n")[-3:]),
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "blank lines between": lambda data: data.replace(b"\n", b"\n\n"),
    "blanks at the ends": lambda data: data.replace(b"\n", b"   \n"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "no-break blanks": lambda data: data.replace(b" ", b"\xc2\xa0"),
    "in the midst of other lines": lambda data: b"make: all\n" * 60 + data + b"ok\n" * 60,
    "told twice": lambda data: data + data,
}
LINES = (
    *("dmesg", "dmesg_ctime", "dmesg_iso", "dmesg_decoded", "dmesg_with_levels", "journal_short"),
    *("journal_short_iso_precise", "syslog_with_uptime", "step_of_github", "step_of_gitlab"),
)


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
@pytest.mark.parametrize("name", LINES)
def test_a_form_that_somebody_cut_or_sent_on_names_the_same_victim(
    name: str, cut: Callable[[bytes], bytes]
) -> None:
    assert pids(cut(FORMS[name](ONE))) == [4101]


def test_in_a_journal_with_the_newest_first_the_oldest_incident_is_the_first() -> None:
    log: Log = LOGS["a_cascade_is_one_incident_two_limits_are_two"]
    noise = [log[0]._replace(uptime=n / 10, text=f"eth0: link {n}") for n in range(90)]
    apart = [*noise[:30], *log, *(each._replace(uptime=99 + n) for n, each in enumerate(noise))]
    assert facts(FORMS["journal_json_reversed"](apart)) == facts(FORMS["dmesg"](apart))
