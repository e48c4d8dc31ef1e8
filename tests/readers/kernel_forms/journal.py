"""What journalctl and the syslogs write, and what `/dev/kmsg` has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from tests.readers.kernel_forms._form import HOST, Log, Said, form, raw, written


def _journal(zone: str, stamp: Callable[[Said], str]) -> Callable[[Said], str]:
    return lambda said: f"{stamp(said)}{zone} {HOST} kernel: "


@form
def journal_short(log: Log) -> bytes:
    return written(log, _journal("", lambda said: f"{said.time:%b %d %H:%M:%S}"))


@form
def journal_short_full(log: Log) -> bytes:
    return written(log, _journal(" UTC", lambda said: f"{said.time:%a %Y-%m-%d %H:%M:%S}"))


@form
def journal_short_iso(log: Log) -> bytes:
    return written(log, _journal("+0000", lambda said: f"{said.time:%Y-%m-%dT%H:%M:%S}"))


@form
def journal_short_iso_of_systemd_255(log: Log) -> bytes:
    return written(log, _journal("+00:00", lambda said: f"{said.time:%Y-%m-%dT%H:%M:%S}"))


@form
def journal_short_iso_precise(log: Log) -> bytes:
    return written(log, _journal("+0000", lambda said: f"{said.time:%Y-%m-%dT%H:%M:%S.%f}"))


@form
def journal_short_precise(log: Log) -> bytes:
    return written(log, _journal("", lambda said: f"{said.time:%b %d %H:%M:%S.%f}"))


@form
def journal_short_monotonic(log: Log) -> bytes:
    return written(log, lambda said: f"{raw(said)}{HOST} kernel: ")


@form
def journal_short_delta(log: Log) -> bytes:
    return written(log, lambda said: f"[{said.uptime:12.6f} <{0.000012:12.6f} >] {HOST} kernel: ")


@form
def journal_short_unix(log: Log) -> bytes:
    return written(log, _journal("", lambda said: f"{said.time.timestamp():.6f}"))


@form
def journal_reversed(log: Log) -> bytes:
    return journal_short_precise(log[::-1])


@form
def journal_cat(log: Log) -> bytes:
    return written(log, lambda _: "")


def _fields(log: Log) -> Iterator[dict[str, str]]:
    for number, said in enumerate(log):
        yield {
            "__CURSOR": f"s=1;i={number:x}",
            "__REALTIME_TIMESTAMP": str(round(said.time.timestamp() * 1e6)),
            "__MONOTONIC_TIMESTAMP": str(said.micros + 900),
            "_BOOT_ID": "0123456789abcdef0123456789abcdef",
            "_SOURCE_MONOTONIC_TIMESTAMP": str(said.micros),
            "_TRANSPORT": "kernel",
            "PRIORITY": "4",
            "SYSLOG_IDENTIFIER": "kernel",
            "_HOSTNAME": HOST,
            "MESSAGE": said.text,
        }


@form
def journal_json(log: Log) -> bytes:
    return "".join(f"{json.dumps(fields)}\n" for fields in _fields(log)).encode()


@form
def journal_json_pretty(log: Log) -> bytes:
    return "".join(f"{json.dumps(fields, indent=8)}\n" for fields in _fields(log)).encode()


@form
def journal_json_sequence(log: Log) -> bytes:
    return "".join(f"\x1e{json.dumps(fields)}\n" for fields in _fields(log)).encode()


@form
def journal_json_events(log: Log) -> bytes:
    return "".join(f"data: {json.dumps(fields)}\n\n" for fields in _fields(log)).encode()


@form
def journal_json_with_messages_of_bytes(log: Log) -> bytes:
    rows = [{**fields, "MESSAGE": list(fields["MESSAGE"].encode())} for fields in _fields(log)]
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


@form
def journal_json_reversed(log: Log) -> bytes:
    return "".join(f"{json.dumps(fields)}\n" for fields in [*_fields(log)][::-1]).encode()


@form
def journal_export(log: Log) -> bytes:
    data = b""
    for fields in _fields(log):
        for name, value in fields.items():
            text = value.encode()
            if b"\n" in text:
                data += name.encode() + b"\n" + len(text).to_bytes(8, "little") + text + b"\n"
            else:
                data += name.encode() + b"=" + text + b"\n"
        data += b"\n"
    return data


@form
def journal_verbose(log: Log) -> bytes:
    lines = []
    for said, fields in zip(log, _fields(log), strict=True):
        lines.append(f"{said.time:%a %Y-%m-%d %H:%M:%S.%f} UTC [s=1;i=2;b=3;m=4;t=5;x=6]")
        message = fields["MESSAGE"].replace("\n", "\n            ")
        lines += [f"    {name}={value}" for name, value in {**fields, "MESSAGE": message}.items()]
    return "".join(f"{line}\n" for line in lines).encode()


@form
def syslog_with_uptime(log: Log) -> bytes:
    return written(
        log,
        lambda said: f"{said.time:%b %e %H:%M:%S} {HOST} kernel: {raw(said)}",
        repeated=True,
    )


@form
def syslog_of_rsyslog_8(log: Log) -> bytes:
    return written(
        log,
        lambda said: f"{said.time:%Y-%m-%dT%H:%M:%S.%f}+00:00 {HOST} kernel: {raw(said)}",
        repeated=True,
    )


@form
def syslog_with_escaped_line_ends(log: Log) -> bytes:
    escaped = [each._replace(text=each.text.replace("\n", "#012")) for each in log]
    return written(escaped, lambda said: f"{said.time:%b %e %H:%M:%S} {HOST} kernel: ")


@form
def syslog_of_rfc_5424(log: Log) -> bytes:
    return written(
        log,
        lambda said: f"<4>1 {said.time:%Y-%m-%dT%H:%M:%S.%f}Z {HOST} kernel - - - ",
        repeated=True,
    )


@form
def kmsg(log: Log) -> bytes:
    lines = []
    for number, said in enumerate(log):
        first, *rest = said.text.split("\n")
        lines += [f"4,{1000 + number},{said.micros},-;{first}", *(f" {text}" for text in rest)]
    return "".join(f"{line}\n" for line in lines).encode()
