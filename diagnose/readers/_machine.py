"""The kernel log of the machine that this runs on, from whoever may be asked for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from shutil import which

from diagnose.errors import InputError
from diagnose.readers._file import File

# The first that works: util-linux's with dates, that of smaller systems without.
COMMANDS = (("dmesg", "--time-format=iso"), ("dmesg",))
JOURNAL = ("journalctl", "-k", "-o", "short-iso-precise", "--no-pager", "-q", "-n", "200000")
DEVICE = "/dev/kmsg"
RECORD = 1 << 13  # bytes; the kernel gives one record at a time, and none is longer
MOST = 1 << 26
PATIENCE = 30.0  # seconds
HINT = (
    "sudo diagnose oom --dmesg; or let users read it: sysctl kernel.dmesg_restrict=0, "
    "CAP_SYSLOG, or the group adm or systemd-journal for journalctl -k"
)


def machine_log() -> File:
    """Read this machine's kernel log, or say which right is missing and how to grant it."""
    refusals: list[str] = []
    for command in COMMANDS:
        if said := _ask(command, refusals):
            return File.of(said, "dmesg")
    if said := _device(refusals):
        return File.of(said, DEVICE)
    if said := _ask(JOURNAL, refusals):
        return File.of(said, "journalctl -k")
    reasons = "; ".join(dict.fromkeys(refusals)) or "nothing here gives it"
    raise InputError(f"this machine's kernel log can't be read: {reasons}", hint=HINT)


def _ask(command: tuple[str, ...], refusals: list[str]) -> bytes:
    """Run a command; what it refuses with is kept."""
    program = which(command[0])
    if program is None:
        return b""
    try:
        done = subprocess.run(  # noqa: S603 - the commands above, of no one else's words
            [program, *command[1:]],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        refusals.append(f"{command[0]}: {error}")
        return b""
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        refusals.append(words[-1] if words else f"{command[0]}: exit code {done.returncode}")
        return b""
    return done.stdout[:MOST]


def _device(refusals: list[str]) -> bytes:
    try:
        device = os.open(DEVICE, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        refusals.append(f"{DEVICE}: {error.strerror}")
        return b""
    try:
        return b"".join(_records(device))
    except OSError as error:
        refusals.append(f"{DEVICE}: {error.strerror}")
        return b""
    finally:
        os.close(device)


def _records(device: int) -> Iterator[bytes]:
    """Yield what the kernel keeps, until it would have us wait for more."""
    size = 0
    while size < MOST:
        try:
            record = os.read(device, RECORD)
        except BlockingIOError:
            return
        except BrokenPipeError:
            continue  # the kernel wrote over the record that was next
        if not record:
            return
        size += len(record)
        yield record
