"""This machine's kernel log: whoever gives it is asked in turn, and a refusal says what to do."""

import os
from pathlib import Path

import pytest

from diagnose.errors import InputError
from diagnose.readers import _machine
from diagnose.readers._machine import machine_log

SAID = "[    1.000000] Out of memory: Killed process 7 (x) total-vm:1kB, anon-rss:1kB\n"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let only programs of this folder be found, and no device."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setattr(_machine, "which", lambda name: str(tmp_path / name))
    monkeypatch.setattr(_machine, "DEVICE", str(tmp_path / "kmsg"))
    return tmp_path


def program(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def test_dmesg_is_asked_for_dates_first(programs: Path) -> None:
    program(programs, "dmesg", f"[ $1 = --time-format=iso ] && printf '{SAID}'")
    log = machine_log()
    assert (log.path, b"".join(log.blocks())) == ("dmesg", SAID.encode())


def test_a_small_dmesg_is_asked_without(programs: Path) -> None:
    program(programs, "dmesg", f"[ $# = 0 ] && printf '{SAID}'")
    assert machine_log().head() == SAID.encode()


def test_the_device_is_read_where_no_dmesg_may(programs: Path) -> None:
    program(programs, "dmesg", "echo 'dmesg: Operation not permitted' >&2; exit 1")
    (programs / "kmsg").write_text("6,1,1000000,-;Linux version 6.8\n")
    assert machine_log().head() == b"6,1,1000000,-;Linux version 6.8\n"


def test_the_journal_is_asked_last(programs: Path) -> None:
    program(programs, "dmesg", "exit 1")
    program(programs, "journalctl", f"[ $1 = -k ] && printf '{SAID}'")
    assert machine_log().path == "journalctl -k"


def test_a_refusal_names_the_right_and_how_to_grant_it(programs: Path) -> None:
    program(programs, "dmesg", "echo 'dmesg: Operation not permitted' >&2; exit 1")
    program(programs, "journalctl", "echo 'No journal files were opened' >&2; exit 1")
    with pytest.raises(InputError, match=r"dmesg: Operation not permitted; .*No journal") as found:
        machine_log()
    assert "kernel.dmesg_restrict" in found.value.hint
    assert "sudo" in found.value.hint
