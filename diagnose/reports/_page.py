"""What the HTML report says, as plain values: the template only arranges them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from diagnose.diagnosis import Diagnosis, Incident, Item, NextRun
from diagnose.model import Input, Problem, Run, TestResult
from diagnose.reports._advice import advice
from diagnose.reports._charts import charts
from diagnose.reports._comparison import page as compared
from diagnose.reports._prose import prose
from diagnose.reports._said import failures, key, others, place, verdict_of, weighed, where
from diagnose.reports._summary import headline, main_incident
from diagnose.reports._text import cut, ending, line
from diagnose.words import plural

SENTENCE = 600
HEADLINE = 220
QUOTE = 4000
TRACEBACK = 8000
MESSAGE = 240
NAME = 400
LONGEST_PAGE = 20_000
TOLD_INCIDENTS = 100  # the others are in the table
EXAMPLES = 3
SHOWN_TESTS = 200
SHOWN_GAPS = 200
BAR = 20.0  # decibans that fill a bar

Failures = dict[str, list[tuple[Run, TestResult]]]


def page(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return all that is on the page, from top to bottom."""
    known = failures(diagnosis.runs)
    told = diagnosis.incidents[:TOLD_INCIDENTS]
    main = main_incident(diagnosis)
    return {
        "title": line(diagnosis.title, 200),
        "headline": line(headline(diagnosis), HEADLINE),
        "version": version("diagnose"),
        "main": main and _incident(diagnosis.incidents.index(main), main, diagnosis, known),
        "parallelism": _parallelism(diagnosis),
        "runs": [_run(run) for run in diagnosis.runs],
        "comparison": compared(diagnosis, SHOWN_GAPS),
        "incidents": [_incident(n, each, diagnosis, known) for n, each in enumerate(told)],
        "more_incidents": len(diagnosis.incidents) - len(told),
        "advice": advice(diagnosis),
        "charts": charts(diagnosis),
        "tests": list(_tests(diagnosis, known)),
        "gaps": [
            {"run": line(gap.run, 80), "text": line(gap.text, SENTENCE), "tests": _named(gap.tests)}
            for gap in diagnosis.gaps[:SHOWN_GAPS]
        ],
        "problems": _problems(diagnosis.problems),
        "pages": list(_pages(diagnosis)),
        "redactions": diagnosis.redactions or 0,
    }


def _named(tests: Sequence[str]) -> list[str]:
    return [line(test, NAME) for test in tests[:SHOWN_TESTS]]


def _parallelism(diagnosis: Diagnosis) -> str:
    said = diagnosis.parallelism
    return (
        line(said.statement, SENTENCE)
        if said.relation != "not_compared" and diagnosis.incidents
        else ""
    )


def _run(run: Run) -> dict[str, Any]:
    estimated = "≈" if run.workers_source == "estimated" else ""
    return {
        "label": line(run.label, 80),
        "workers": f"{estimated}{run.workers}",
        "counts": run.counts,
        "seconds": "" if run.wall_seconds is None else f"{run.wall_seconds:,.1f} s",
        "complete": run.complete,
        "inputs": [_input(each) for each in run.inputs[:SHOWN_GAPS]],
    }


def _input(each: Input) -> str:
    return f"{line(each.path, NAME)} ({line(each.kind, 40)}, {each.bytes:,} bytes)"


def _incident(
    number: int, incident: Incident, diagnosis: Diagnosis, known: Failures
) -> dict[str, Any]:
    posterior = sorted(incident.posterior.items(), key=lambda share: -share[1])
    return {
        "anchor": f"incident-{number + 1}",
        "number": number + 1,
        "headline": line(incident.headline, SENTENCE),
        "verdict": incident.verdict,
        "says": verdict_of(incident),
        "cause": incident.cause,
        "has_page": incident.cause in diagnosis.pages,
        "confidence": incident.confidence,
        "posterior": [(name.replace("_", " "), share) for name, share in posterior],
        "where": where(incident, diagnosis),
        "ledger": [_item(item) for item in weighed(incident)],
        "others": list(others(incident)),
        "missing": [line(text, SENTENCE) for text in incident.missing],
        "next_run": incident.next_run and _next_run(incident.next_run),
        "roles": _roles(incident),
        "tests": _named([test.id for test in incident.tests[:SHOWN_TESTS]]),
        "size": len(incident.tests),
        "examples": list(_examples(incident, known)),
    }


def _next_run(proposal: NextRun) -> dict[str, Any]:
    command, why = cut(proposal.command, QUOTE), line(proposal.why, SENTENCE)
    return {"command": command, "why": why, "repeats": proposal.repeats}


def _roles(incident: Incident) -> str:
    """Count the roles, where there is more to say than that all are victims."""
    roles: dict[str, int] = {}
    for test in incident.tests:
        role = line(test.role, 40)
        roles[role] = roles.get(role, 0) + 1
    said = [plural(number, role) for role, number in sorted(roles.items())]
    return ", ".join(said) if set(roles) != {"victim"} else ""


def _item(item: Item) -> dict[str, Any]:
    return {
        "text": line(item.text, SENTENCE),
        "for": line(item.for_, 40).replace("_", " "),
        "against": line(item.against, 40).replace("_", " "),
        "decibans": _signed(item.decibans),
        "speaks": "for" if item.decibans >= 0 else "against",
        "width": round(min(1.0, abs(item.decibans) / BAR) * 50, 1),
        "quote": cut(item.quote, QUOTE) if item.quote else "",
        "place": place(item.source) if item.source else "",
    }


def _signed(decibans: float) -> str:
    return f"{decibans:+.0f}".replace("-", "−") if abs(decibans) >= 0.5 else "0"


def _examples(incident: Incident, known: Failures) -> Iterator[dict[str, str]]:
    """Show the words of a few failures, not the same twice."""
    seen: set[str] = set()
    for test in incident.tests:
        for run, result in known.get(key(test), [])[:1]:
            failure = next(iter(result.failures), None)
            if failure and failure.text and failure.message not in seen and len(seen) < EXAMPLES:
                seen.add(failure.message)
                yield {
                    "test": line(test.id, NAME),
                    "run": line(run.label, 80),
                    "place": place(failure.source),
                    "text": ending(failure.text, TRACEBACK),
                }


def _tests(diagnosis: Diagnosis, known: Failures) -> Iterator[dict[str, Any]]:
    """Yield a row for every test that failed anywhere."""
    for number, incident in enumerate(diagnosis.incidents):
        for test in incident.tests:
            found = known.get(key(test), [])
            seconds = max((r.seconds for _, r in found if r.seconds is not None), default=None)
            failure = next((f for _, result in found for f in result.failures), None)
            bad = [
                label for label, outcome in test.outcomes.items() if outcome in ("failed", "error")
            ]
            yield {
                "id": line(test.id, NAME),
                "incident": number + 1 if number < TOLD_INCIDENTS else 0,
                "verdict": incident.verdict,
                "cause": incident.cause,
                "file": line(test.file, NAME),
                "runs": [line(label, 80) for label in bad],
                "workers": sorted({line(r.worker, 20) for _, r in found if r.worker}),
                "seconds": "" if seconds is None else f"{seconds:.2f}",
                "message": line(failure.message, MESSAGE) if failure else "",
            }


def _problems(problems: tuple[Problem, ...]) -> list[tuple[str, list[str]]]:
    """Put problems of the same words together."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(line(problem.message, SENTENCE), []).append(place(problem.source))
    return [(message, found[:SHOWN_TESTS]) for message, found in list(places.items())[:SHOWN_GAPS]]


def _pages(diagnosis: Diagnosis) -> Iterator[dict[str, Any]]:
    """Show what the catalogue knows of the causes that are named."""
    for cause in dict.fromkeys(incident.cause for incident in diagnosis.incidents):
        if found := diagnosis.pages.get(cause):
            yield {
                "cause": cause,
                "title": line(found.title, 200),
                "prose": prose(found.prose[:LONGEST_PAGE]),
                "remedy": prose(found.remedy[:LONGEST_PAGE]),
            }
