"""A diagnosis made again of a saved report: each value checked, for anybody may have written it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from diagnose.diagnosis import Diagnosis, Incident, Parallelism
from diagnose.errors import InputError
from diagnose.model import Gap, Input, Problem, Run, Source, WorkersSource

WORDINGS = ("verdict", "likely", "undetermined")
COUNTS = ("passed", "failed", "errors", "skipped")
LARGEST = 1 << 53


class _WrongError(Exception):
    """A value of the report is not what it should be; the text says which and why."""


def restored(document: dict[str, Any], path: Path) -> Diagnosis:
    """Make the diagnosis that the report was written from, as far as it tells."""
    try:
        return _diagnosis(document)
    except _WrongError as error:
        raise InputError(
            f"{path}: {error}", hint="diagnose schema says what a report is"
        ) from error


def _diagnosis(document: dict[str, Any]) -> Diagnosis:
    summary = _dict(document.get("summary"), "summary")
    same = {"title", "incidents", "advice", "redactions"} & {f.name for f in fields(Diagnosis)}
    hints = get_type_hints(Diagnosis)
    return Diagnosis(
        runs=tuple(_run(row, at) for row, at in _rows(document, "runs")),
        gaps=tuple(_make(Gap, row, at) for row, at in _rows(document, "completeness")),
        problems=tuple(_problem(row, at) for row, at in _rows(document, "problems")),
        parallelism=_make(Parallelism, summary.get("parallelism"), "parallelism"),
        **{name: _value(hints[name], document[name], name) for name in same if name in document},
    )


def _run(row: Any, at: str) -> Run:
    """Make a run of which only the counts are known, as of one that a log only counted."""
    row = _dict(row, at)
    counts = _value(Mapping[str, int], row.get("counts"), f"{at}.counts")
    label = _value(str, row.get("label"), f"{at}.label")
    whole = _value(bool, row.get("complete"), f"{at}.complete")
    return Run(
        label=label,
        inputs=_value(tuple[Input, ...], row.get("inputs"), f"{at}.inputs"),
        gaps=() if whole else (Gap(label, "truncated", "was not seen to its end"),),
        workers=_value(int, row.get("workers"), f"{at}.workers"),
        workers_source=_value(WorkersSource, row.get("workers_source"), f"{at}.workers_source"),
        unnamed={name.removesuffix("s"): counts.get(name, 0) for name in COUNTS},
        not_run=counts.get("not_run", 0),
        started=_moment(row.get("started_at"), f"{at}.started_at"),
        wall_seconds=_value(float | None, row.get("wall_seconds"), f"{at}.wall_seconds"),
        effective_parallelism=_value(
            float | None, row.get("effective_parallelism"), f"{at}.effective_parallelism"
        ),
    )


def _problem(row: Any, at: str) -> Problem:
    row = _dict(row, at)
    return Problem(_make(Source, row, at), _value(str, row.get("message"), f"{at}.message"))


def _moment(value: Any, at: str) -> float | None:
    said = _value(str | None, value, at)
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise _WrongError(f"{at}: not a moment") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _rows(document: dict[str, Any], key: str) -> list[tuple[Any, str]]:
    rows = document.get(key)
    if not isinstance(rows, list):
        raise _WrongError(f"{key}: not a list")
    return [(row, f"{key}[{number}]") for number, row in enumerate(rows)]


def _dict(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError(f"{at}: not an object")
    return value


def _make(kind: type[Any], value: Any, at: str) -> Any:
    """Make a value of the model of an object with the same names."""
    row, hints = _dict(value, at), get_type_hints(kind)
    words = {}
    for field in fields(kind):
        name = field.name.rstrip("_")
        if name in row and not (row[name] is None and hints[field.name] is str):
            words[field.name] = _value(hints[field.name], row[name], f"{at}.{name}")
        elif _needed(field):
            raise _WrongError(f"{at}.{name}: missing")
    if kind is Incident and words.get("wording", "undetermined") not in WORDINGS:
        raise _WrongError(f"{at}.wording: not one of {', '.join(WORDINGS)}")
    return kind(**words)


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value(hint: Any, value: Any, at: str) -> Any:
    """Return the value as its type has it, or say that it is of another."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        rest = [each for each in inner if each is not NoneType]
        return None if value is None and NoneType in inner else _value(rest[0], value, at)
    if origin is Literal:
        fits = isinstance(value, str) and value in inner
    elif is_dataclass(hint) and isinstance(hint, type):
        return _make(hint, value, at)
    elif origin is not None:
        return _many(hint, value, at)
    else:
        fits = _fits(hint, value)
    if not fits:
        raise _WrongError(f"{at}: not what belongs there")
    return value


def _many(hint: Any, value: Any, at: str) -> Any:
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or (inner[-1] is not ... and len(value) != len(inner)):
            raise _WrongError(f"{at}: not a list of the right length")
        return tuple(_value(inner[0], each, f"{at}[{n}]") for n, each in enumerate(value))
    return {key: _value(inner[1], each, f"{at}.{key}") for key, each in _dict(value, at).items()}


def _fits(hint: Any, value: Any) -> bool:
    if hint is str:
        return isinstance(value, str)
    if hint is bool:
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if hint is int:
        return isinstance(value, int) and 0 <= value <= LARGEST
    return math.isfinite(value) and abs(value) < LARGEST * LARGEST
