"""What one line of a service's log says: its level, its time, the request it answers."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from diagnose.readers._clock import iso, month
from diagnose.readers._lines import Line

LEVELS = {
    "debug": "TRACE DEBUG DBG VERBOSE FINE 10 20",
    "info": "INFO INF NOTICE NOTE LOG SYSTEM HINT DETAIL STATEMENT CONTEXT 30",
    "warning": "WARN WARNING WRN 40",
    "error": "ERROR ERR SEVERE 50",
    "fatal": "FATAL CRITICAL CRIT PANIC DPANIC EMERG ALERT 60",
}
LEVEL_OF = {word: level for level, words in LEVELS.items() for word in words.split()}
REDIS = {".": "debug", "-": "debug", "*": "info", "#": "warning"}
WITHIN = 90  # a level stands before the message, and so near the beginning
AT_ONCE = 30  # and nearer where there is nothing but the stamp of a container or of the CI

_STAMP = (
    r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?"
    r"|\d\d?[ /][A-Z][a-z]{2}[ /]\d{4}[: ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: [+-]\d{4})?"
    r"|\d\d:\d\d:\d\d(?:[.,]\d{1,6})?"
)
_HEAD = re.compile(rf"(?P<redis>\d{{1,9}}:[A-Z] )?[\[(]?(?P<stamp>{_STAMP})")
_WORDS = "|".join(word for word in LEVEL_OF if word.isalpha())
_LEVEL = re.compile(rf"(?:^|[\s\[|(:>])(?:({_WORDS})|\[(?i:({_WORDS}))(?=\]))(?![\w-])")
_BARE = re.compile(r"(TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL|FATAL):(?: {2,}|(?=[\w.]{1,80}:))")
_ALIGNED = re.compile(r"[A-Z]{4,8}: {2,}")
_LOGGER = re.compile(
    r"\]?:?(?: in| -)? (?:\d{1,9} --- )?(?:\[[^\]]{0,80}\] )*([A-Za-z_][\w.$]{1,80}) *: "
)
_ACCESS_STAMP = re.compile(rf"\[({_STAMP})")
_ACCESS = re.compile(
    r'"(?P<method>[A-Z]{3,10}) (?P<path>\S{1,2000}) HTTP/[\d.]{1,3}" (?P<status>[1-5]\d\d)\b'
    r"(?:.{0,400}?\b(?:rt=|request_time=|urt=)(?P<seconds>\d{1,6}\.\d{1,9}))?"
)
_OUTCOME = re.compile(r"\b([1-5]\d\d) in (\d{1,9}(?:\.\d{1,9})?) ?(ms|s)\b")
_PAIR = re.compile(r'([A-Za-z_@][\w.@-]{0,40})=(?:"((?:[^"\\]|\\.)*)(?:"|$)|(\S*))')

_KEYS = {
    "level": "level severity lvl levelname loglevel log.level @level",
    "stamp": "time ts timestamp @timestamp asctime datetime t",
    "message": "msg message event error",
    "logger": "logger logger_name name component caller",
    "method": "method request_method req.method http.method",
    "path": "path url uri request_uri req.url http.target",
    "status": "status status_code statusCode http_status res.statusCode http.status_code",
    "seconds": "duration seconds elapsed latency request_time took",
    "millis": "responseTime duration_ms elapsed_ms latency_ms durationMs",
    "trace": "stacktrace stack stack_trace exc_info exception traceback err.stack err.type",
}


class Said(NamedTuple):
    """What a line says; an empty field was not said."""

    level: str = ""
    word: str = ""
    stamp: str = ""
    logger: str = ""
    method: str = ""
    path: str = ""
    status: int = 0
    seconds: str = ""
    trace: str = ""


def say(text: str, stamped: bool = False) -> Said | None:
    """Read a line, whose stamp may be off already; None if it begins no entry."""
    if text[:1] == "{":
        return _from_json(text)
    if '" ' in text and " HTTP/" in text and (match := _ACCESS.search(text)):
        return _from_access(text, match)
    if "=" in text and ("level=" in text or "status=" in text):
        pairs = {key: quoted or bare for key, quoted, bare in _PAIR.findall(text[:8000])}
        said = _from_fields(pairs)
        if said.level or (said.status and said.method):
            return said
    return _from_head(text, stamped)


def _from_head(text: str, stamped: bool) -> Said | None:
    head = _HEAD.match(text)
    if not head:
        bare = _BARE.match(text)
        if bare:
            return Said(LEVEL_OF[bare[1]], bare[1])
        return _levelled(Said(), text, AT_ONCE) if stamped else None
    rest = text[head.end() :]
    stamp = head["stamp"]
    if head["redis"]:
        return Said(REDIS.get(rest[1:2], ""), rest[1:2], stamp)
    said = Said(stamp=stamp)
    return _levelled(said, rest, WITHIN) or _answered(said, rest)


def _levelled(said: Said, rest: str, within: int) -> Said | None:
    level = _LEVEL.search(rest, 0, within)
    if not level:
        return None
    word = level[1] or level[2]
    logger = _LOGGER.match(rest, level.end())
    name = logger[1] if logger else ""
    return _answered(said._replace(level=LEVEL_OF[word.upper()], word=word, logger=name), rest)


def _answered(said: Said, rest: str) -> Said:
    """Add the answer to a request that an application tells of: `201 in 0.75s`."""
    match = _OUTCOME.search(rest) if " in " in rest else None
    if not match:
        return said
    seconds = match[2] if match[3] == "s" else f"{float(match[2]) / 1000:g}"
    return said._replace(status=int(match[1]), seconds=seconds)


def _from_access(text: str, match: re.Match[str]) -> Said:
    before = text[: match.start()]
    stamp = _ACCESS_STAMP.search(before) or _HEAD.match(before)
    at = "" if not stamp else stamp[1] if stamp.re is _ACCESS_STAMP else stamp["stamp"]
    return Said(
        stamp=at,
        method=match["method"],
        path=match["path"],
        status=int(match["status"]),
        seconds=match["seconds"] or "",
    )


def _from_json(text: str) -> Said | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    flat: dict[str, str] = {}
    for key, value in said.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{name}": str(part) for name, part in value.items()}
        else:
            flat[key] = str(value)
    # An escaped surrogate could not be written into any report.
    found = _from_fields({k: v.encode("utf-8", "replace").decode() for k, v in flat.items()})
    return found if found.level or (found.status and found.method) else None


def _from_fields(fields: Mapping[str, str]) -> Said:
    got = {}
    for name, keys in _KEYS.items():
        got[name] = next((fields[key] for key in keys.split() if fields.get(key)), "")
    status = got["status"]
    return Said(
        LEVEL_OF.get(got["level"].upper(), ""),
        got["level"],
        got["stamp"],
        got["logger"][:80],
        got["method"],
        got["path"][:2000],
        int(status) if re.fullmatch(r"[1-5]\d\d", status) else 0,
        _seconds(got["seconds"], got["millis"]),
        got["trace"],
    )


def _seconds(seconds: str, millis: str) -> str:
    """Bring durations to seconds: `0.75`, `0.75s`, `12ms`, `80.5µs`, or milliseconds."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,9})?)(m|µ|u|n)?s?", seconds or millis)
    if not match:
        return ""
    scale = {"m": 1e-3, "µ": 1e-6, "u": 1e-6, "n": 1e-9}.get(match[2] or "", 1.0)
    return f"{float(match[1]) * (scale if seconds else 1e-3):.6g}"


def telling(line: Line, said: Said | None) -> bool:
    """Say whether only a log of a service would have such a line."""
    if not said:
        return False
    timed = said.stamp or line.time is not None or _ALIGNED.match(line.text)
    return bool(said.level and timed) or bool(said.method and said.status)


def moment(stamp: str) -> tuple[float | None, bool]:
    """Return the seconds since the epoch, and whether the zone was written; UTC if not."""
    if re.fullmatch(r"[0-9]{1,19}(?:\.[0-9]{1,17})?(?:e\+?[0-9]{1,2})?", stamp):
        number = float(stamp)
        while 1e11 < number < 1e20:  # milliseconds, microseconds ...
            number /= 1000
        return (number, True) if 1e8 < number < 1e11 else (None, False)
    if match := re.match(r"(\d\d?)[ /]([A-Z][a-z]{2})[ /](\d{4})[: ](.*)", stamp):
        stamp = f"{match[3]}-{month(match[2]):02}-{int(match[1]):02} {match[4]}"
    elif stamp[4:5] == "/":
        stamp = stamp.replace("/", "-", 2)
    wall = iso(stamp)
    return (wall.seconds, wall.zoned) if wall else (None, False)
