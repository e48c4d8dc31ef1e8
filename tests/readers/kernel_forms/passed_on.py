"""Logs that went through a container, a CI, a mail or a shell."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from tests.readers.kernel_forms._form import BOOTED, Log, Said, form, written
from tests.readers.kernel_forms.dmesg import dmesg


def _packed(log: Log) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(dmesg(log).decode().splitlines()):
        moment = datetime.fromtimestamp(BOOTED + 5000, UTC) + timedelta(microseconds=number)
        yield f"{moment:%Y-%m-%dT%H:%M:%S.%f}000Z", line


@form
def container_of_docker(log: Log) -> bytes:
    rows = [{"log": f"{line}\n", "stream": "stdout", "time": time} for time, line in _packed(log)]
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


@form
def container_of_kubernetes(log: Log) -> bytes:
    return "".join(f"{time} stdout F {line}\n" for time, line in _packed(log)).encode()


@form
def step_of_github(log: Log) -> bytes:
    return "".join(f"{time[:-3]}0Z {line}\n" for time, line in _packed(log)).encode()


@form
def step_of_gitlab(log: Log) -> bytes:
    return "".join(f"{time[:-4]}Z 00O {line}\n" for time, line in _packed(log)).encode()


@form
def step_of_jenkins(log: Log) -> bytes:
    return "".join(f"[{time[:23]}Z] {line}\n" for time, line in _packed(log)).encode()


@form
def fenced_in_markdown(log: Log) -> bytes:
    return b"The runner died, this is what I found:\n\n```\n" + dmesg(log) + b"```\n\nAny idea?\n"


@form
def quoted_in_a_mail(log: Log) -> bytes:
    return b"Hello,\n\n" + b"".join(b"> " + line for line in dmesg(log).splitlines(keepends=True))


@form
def indented(log: Log) -> bytes:
    return b"".join(b"    " + line for line in dmesg(log).splitlines(keepends=True))


@form
def serial_console(log: Log) -> bytes:
    return dmesg(log).replace(b"\n", b"\r\n")


@form
def serial_console_of_doubled_cr(log: Log) -> bytes:
    return dmesg(log).replace(b"\n", b"\r\r\n")


@form
def old_mac(log: Log) -> bytes:
    return dmesg(log).replace(b"\n", b"\r")


@form
def redirected_by_powershell(log: Log) -> bytes:
    return dmesg(log).decode().replace("\n", "\r\n").encode("utf-16")


@form
def compressed(log: Log) -> bytes:
    return gzip.compress(dmesg(log), mtime=0)


@form
def grepped_with_numbers(log: Log) -> bytes:
    lines = dmesg(log).decode().splitlines()
    return "".join(f"{number}:{line}\n" for number, line in enumerate(lines, 1)).encode()


@form
def of_a_host_in_india(log: Log) -> bytes:
    zone = timezone(timedelta(hours=5, minutes=30))
    return written(log, lambda said: _local(said, zone))


def _local(said: Said, zone: timezone) -> str:
    return f"{said.time.astimezone(zone).isoformat(timespec='microseconds').replace('.', ',')} "
