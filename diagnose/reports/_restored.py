"""A diagnosis made again of a saved report: each value checked, for anybody may have written it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from diagnose.diagnosis import (
    Advice,
    Comparison,
    Diagnosis,
    EarlyWarning,
    Incident,
    Kernel,
    Parallelism,
)
from diagnose.errors import InputError
from diagnose.model import Event, Gap, Input, Problem, Run, Source, WorkersSource
from diagnose.oom import KernelIncident, KernelKill, Moment
from diagnose.reports._checked import WrongError, checked, make, mapping, moment, rows

WORDINGS = ("verdict", "likely", "undetermined")
COUNTS = ("passed", "failed", "errors", "skipped")


def restored(document: dict[str, Any], name: str) -> Diagnosis:
    """Make the diagnosis that the report was written from, as far as it tells."""
    try:
        return _diagnosis(document)
    except WrongError as error:
        raise InputError(
            f"{name}: {error}", hint="diagnose schema says what a report is"
        ) from error


def _diagnosis(document: dict[str, Any]) -> Diagnosis:
    summary = mapping(document.get("summary"), "summary")
    return Diagnosis(
        runs=tuple(_run(row, at) for row, at in rows(document, "runs")),
        incidents=tuple(_incident(row, at) for row, at in rows(document, "incidents")),
        gaps=tuple(make(Gap, row, at) for row, at in rows(document, "completeness")),
        problems=tuple(_problem(row, at) for row, at in rows(document, "problems")),
        parallelism=make(Parallelism, summary.get("parallelism"), "parallelism"),
        comparison=_comparison(document.get("comparison")),
        title=checked(str, document.get("title", ""), "title"),
        advice=tuple(make(Advice, row, at) for row, at in rows(document, "advice")),
        kernel=_kernel(mapping(document.get("kernel"), "kernel")),
        warnings=tuple(make(EarlyWarning, row, at) for row, at in _warnings(document)),
        redactions=checked(int, document.get("redactions"), "redactions"),
    )


def _comparison(part: Any) -> Comparison | None:
    return None if part is None else make(Comparison, part, "comparison")


def _warnings(document: dict[str, Any]) -> list[tuple[Any, str]]:
    """Return the warnings; a report of an older version has none."""
    return rows(document, "warnings") if "warnings" in document else []


def _incident(row: Any, at: str) -> Incident:
    found: Incident = make(Incident, row, at)
    if found.wording not in WORDINGS:
        raise WrongError(f"{at}.wording: not one of {', '.join(WORDINGS)}")
    if not found.tests:
        raise WrongError(f"{at}.tests: no test")
    return found


def _kernel(part: dict[str, Any]) -> Kernel:
    return Kernel(
        kills=tuple(_kill(row, at) for row, at in rows(part, "kills", "kernel.")),
        incidents=tuple(
            make(KernelIncident, row, at, when=_when(row, at))
            for row, at in rows(part, "incidents", "kernel.")
        ),
        other=tuple(_other(row, at) for row, at in rows(part, "other", "kernel.")),
    )


def _kill(row: Any, at: str) -> KernelKill:
    said = mapping(row, at)
    killed: KernelKill = make(
        KernelKill,
        row,
        at,
        when=_when(row, at),
        text=checked(str, said.get("quote"), f"{at}.quote"),
        pid=checked(int | None, said.get("pid"), f"{at}.pid") or 0,
        comm=checked(str | None, said.get("comm"), f"{at}.comm") or "",
    )
    return killed


def _other(row: Any, at: str) -> Event:
    when = _when(row, at)
    found: Event = make(Event, row, at, time=when.time, uptime=when.uptime)
    return replace(found, kind=f"kernel.{found.kind}")


def _when(row: Any, at: str) -> Moment:
    said = mapping(row, at)
    wall, clock = said.get("wall_clock"), f"{at}.wall_clock"
    return Moment(
        uptime=checked(float | None, said.get("uptime_s"), f"{at}.uptime_s"),
        time=moment(wall, clock),
        zoned=not wall or wall.endswith("Z") or "+" in wall,
    )


def _run(row: Any, at: str) -> Run:
    """Make a run of which only the counts are known, as of one that a log only counted."""
    row = mapping(row, at)
    counts = checked(Mapping[str, int], row.get("counts"), f"{at}.counts")
    label = checked(str, row.get("label"), f"{at}.label")
    whole = checked(bool, row.get("complete"), f"{at}.complete")
    return Run(
        label=label,
        inputs=checked(tuple[Input, ...], row.get("inputs"), f"{at}.inputs"),
        gaps=() if whole else (Gap(label, "truncated", "was not seen to its end"),),
        workers=checked(int, row.get("workers"), f"{at}.workers"),
        workers_source=checked(WorkersSource, row.get("workers_source"), f"{at}.workers_source"),
        unnamed={name.removesuffix("s"): counts.get(name, 0) for name in COUNTS},
        not_run=counts.get("not_run", 0),
        started=moment(row.get("started_at"), f"{at}.started_at"),
        wall_seconds=checked(float | None, row.get("wall_seconds"), f"{at}.wall_seconds"),
        effective_parallelism=checked(
            float | None, row.get("effective_parallelism"), f"{at}.effective_parallelism"
        ),
    )


def _problem(row: Any, at: str) -> Problem:
    row = mapping(row, at)
    return Problem(make(Source, row, at), checked(str, row.get("message"), f"{at}.message"))
