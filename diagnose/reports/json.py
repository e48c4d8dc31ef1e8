"""JSON, for other programs; the schema beside this file says what every key means."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from diagnose.diagnosis import Advice, Diagnosis, EarlyWarning, Incident, Item, NextRun, Parallelism
from diagnose.model import Gap, Problem, Run, Source
from diagnose.reports._comparison import document as comparison
from diagnose.reports._kernel import document as kernel
from diagnose.reports._summary import headline, main_incident
from diagnose.words import CONTROL

SCHEMA = "diagnose/1"
ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def render(diagnosis: Diagnosis) -> str:
    """Write out all of it, a line for each run, incident, gap and problem."""
    return "".join(pieces(diagnosis))


def pieces(diagnosis: Diagnosis) -> Iterator[str]:
    """Yield the same a line at a time: of ten thousand failures it takes megabytes."""
    return _lines(_document(diagnosis))


def document(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the report as plain values, keys in the order of the schema."""
    whole = _document(diagnosis)
    return {**whole, "incidents": list(whole["incidents"])}


def _document(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the report, its incidents one at a time: each may have thousands of tests."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "diagnose", "version": version("diagnose")},
        "title": diagnosis.title,
        "summary": _summary(diagnosis),
        "runs": [_run(run) for run in diagnosis.runs],
        "incidents": map(_incident, diagnosis.incidents),
        "comparison": diagnosis.comparison and comparison(diagnosis.comparison),
        "kernel": kernel(diagnosis.kernel),
        "advice": [_advice(advice) for advice in diagnosis.advice],
        "warnings": [_warning(each) for each in diagnosis.warnings],
        "completeness": [_gap(gap) for gap in diagnosis.gaps],
        "redactions": diagnosis.redactions or 0,
        "problems": [_problem(problem) for problem in diagnosis.problems],
    }


def dumps(document: Mapping[str, Any]) -> str:
    """Write JSON that a person can read and a diff can show: a line for each member of a list."""
    return "".join(_lines(document))


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    before = "{\n"
    for key, value in document.items():
        yield f"{before}  {_compact(key)}: "
        before = ",\n"
        yield from _members(value) if isinstance(value, list | map) else (_compact(value),)
    yield "\n}\n"


def _members(values: Iterable[object]) -> Iterator[str]:
    before = "[\n    "
    for value in values:
        yield before
        yield _compact(value)
        before = ",\n    "
    yield "[]" if before[0] == "[" else "\n  ]"


def _compact(value: object) -> str:
    text = ENCODER.encode(value)
    if text.isprintable():  # as nearly every line: then there is nothing of what follows in it
        return text
    # A report may be printed, and must not steer a terminal.
    text = CONTROL.sub(lambda found: json.dumps(found[0])[1:-1], text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_LONE)
    return text


# Half a surrogate pair can't be written as UTF-8, and a log may hold one.
_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def _summary(diagnosis: Diagnosis) -> dict[str, Any]:
    verdicts: dict[str, int] = {}
    for incident in diagnosis.incidents:
        verdicts[incident.verdict] = verdicts.get(incident.verdict, 0) + len(incident.tests)
    main = main_incident(diagnosis)
    return {
        "headline": headline(diagnosis),
        "verdict": main.verdict if main else None,
        "cause": main.cause if main else None,
        "confidence": main.confidence if main else None,
        "parallelism": _parallelism(diagnosis.parallelism),
        "counts": {
            "incidents": len(diagnosis.incidents),
            "failed_tests": sum(verdicts.values()),
            "by_verdict": dict(sorted(verdicts.items())),
        },
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "label": run.label,
        "workers": run.workers,
        "workers_source": run.workers_source,
        "effective_parallelism": _rounded(run.effective_parallelism, 2),
        "started_at": _moment(run.started),
        "wall_seconds": _rounded(run.wall_seconds, 3),
        "complete": run.complete,
        "counts": run.counts,
        "inputs": [
            {"path": found.path, "kind": found.kind, "bytes": found.bytes} for found in run.inputs
        ],
    }


def _incident(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "verdict": incident.verdict,
        "cause": incident.cause,
        "confidence": incident.confidence,
        "wording": incident.wording,
        "posterior": dict(incident.posterior),
        "alternatives": [
            {"verdict": other.verdict, "cause": other.cause, "confidence": other.confidence}
            for other in incident.alternatives
        ],
        "headline": incident.headline,
        "tests": [
            {
                "id": test.id,
                "classname": test.classname,
                "name": test.name,
                "file": test.file,
                "role": test.role,
                "outcomes": dict(test.outcomes),
            }
            for test in incident.tests
        ],
        "ledger": [_item(item) for item in incident.ledger],
        "missing": list(incident.missing),
        "next_run": _next_run(incident.next_run),
        "advice": list(incident.advice),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "for": item.for_ or None,
        "against": item.against or None,
        "decibans": item.decibans,
        "text": item.text,
        "quote": item.quote,
        "source": _source(item.source) if item.source else None,
    }


def _next_run(proposal: NextRun | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    return {"command": proposal.command, "why": proposal.why, "repeats": proposal.repeats}


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "id": advice.id,
        "title": advice.title,
        "why": advice.why,
        "effect": advice.effect,
        "proof": advice.proof,
        "patches": [
            {"path": patch.path, "language": patch.language, "content": patch.content}
            for patch in advice.patches
        ],
        "incidents": list(advice.incidents),
    }


def _warning(each: EarlyWarning) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "text": each.text,
        "quote": each.quote or None,
        "source": _source(each.source) if each.source else None,
        "tests": list(each.tests),
    }


def _parallelism(said: Parallelism) -> dict[str, Any]:
    return {
        "relation": said.relation,
        "statement": said.statement,
        "rate_ratio": said.rate_ratio,
        "interval": list(said.interval) if said.interval else None,
        "p_value": said.p_value,
        "bayes_factor": said.bayes_factor,
        "design": said.design,
    }


def _source(source: Source) -> dict[str, Any]:
    return {"path": source.path, "line": source.line}


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "run": gap.run,
        "kind": gap.kind,
        "text": gap.text,
        "total": gap.total,
        "tests": list(gap.tests),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {**_source(problem.source), "message": problem.message}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _moment(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return None
