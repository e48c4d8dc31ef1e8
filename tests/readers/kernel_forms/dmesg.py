"""What `dmesg` writes, by its options."""

from __future__ import annotations

import json

from tests.readers.kernel_forms._form import Log, Said, form, raw, written


@form
def dmesg(log: Log) -> bytes:
    return written(log, raw)


@form
def dmesg_human(log: Log) -> bytes:
    minutes: set[str] = set()
    before = [log[0].uptime]

    def stamp(said: Said) -> str:
        minute = f"[{said.time:%b}{said.time.day:2d} {said.time:%H:%M}] "
        gone = said.uptime - before[0]
        before[0] = said.uptime
        if minute not in minutes:
            minutes.add(minute)
            return minute
        return f"[{gone:+11.6f}] "

    return written(log, stamp)


@form
def dmesg_ctime(log: Log) -> bytes:
    return written(log, lambda said: f"[{said.time:%a %b %e %H:%M:%S %Y}] ")


@form
def dmesg_ctime_in_german(log: Log) -> bytes:
    return written(log, lambda said: f"[Di Mär {said.time:%e %H:%M:%S %Y}] ")


@form
def dmesg_decoded(log: Log) -> bytes:
    return written(log, lambda said: f"kern  :warn  : {raw(said)}")


@form
def dmesg_decoded_ctime(log: Log) -> bytes:
    return written(log, lambda said: f"kern  :err   : [{said.time:%a %b %e %H:%M:%S %Y}] ")


@form
def dmesg_iso(log: Log) -> bytes:
    return written(log, lambda said: f"{said.time:%Y-%m-%dT%H:%M:%S,%f}+00:00 ")


@form
def dmesg_delta(log: Log) -> bytes:
    return written(log, lambda said: f"[{said.uptime:12.6f} <{0.000012:12.6f}>] ")


@form
def dmesg_with_levels(log: Log) -> bytes:
    return written(log, lambda said: f"<4>{raw(said)}")


@form
def dmesg_with_callers(log: Log) -> bytes:
    return written(log, lambda said: f"{raw(said).rstrip()}[{'T4113':>6}] ")


@form
def dmesg_in_colour(log: Log) -> bytes:
    lines = (f"\x1b[32m{raw(each)}\x1b[0m\x1b[31m{each.text}\x1b[0m\n" for each in log)
    return "".join(lines).encode()


@form
def dmesg_without_times(log: Log) -> bytes:
    return written(log, lambda _: "")


@form
def dmesg_json(log: Log) -> bytes:
    rows = [{"pri": 4, "time": round(each.uptime, 6), "msg": each.text} for each in log]
    return json.dumps({"dmesg": rows}, indent=3).encode()
