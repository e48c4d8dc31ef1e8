"""An incident as the HTML report shows it, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from diagnose.diagnosis import Diagnosis, Incident, Item, NextRun
from diagnose.reports._said import (
    EXAMPLES,
    Failures,
    examples,
    meaning_of,
    others,
    parted,
    place,
    verdict_of,
    weighed,
    where,
)
from diagnose.reports._text import cut, ending, line
from diagnose.words import plural

SENTENCE = 600
QUOTE = 4000
TRACEBACK = 8000
NAME = 400
SHOWN_TESTS = 200
BAR = 15.0  # decibans that fill a bar


def incident(number: int, told: Incident, diagnosis: Diagnosis, known: Failures) -> dict[str, Any]:
    """Return what is said of an incident; `number` counts from 0."""
    posterior = sorted(told.posterior.items(), key=lambda share: -share[1])
    ledger = [_item(item) for item in weighed(told)]
    headline, detail = parted(line(told.headline, SENTENCE))
    return {
        "anchor": anchor(number),
        "number": number + 1,
        "headline": headline,
        "detail": detail,
        "verdict": told.verdict,
        "wording": told.wording,
        "says": verdict_of(told),
        "means": meaning_of(told),
        "cause": told.cause,
        "has_page": told.cause in diagnosis.pages,
        "sure": _sure(told),
        "posterior": [(name.replace("_", " "), share) for name, share in posterior],
        "where": where(told, diagnosis),
        "ledger": ledger,
        "between": _between(ledger),
        "others": list(others(told)),
        "missing": [line(text, SENTENCE) for text in told.missing],
        "next_run": told.next_run and _next_run(told.next_run),
        "roles": _roles(told),
        "tests": _tests(told),
        "size": len(told.tests),
        "examples": list(_examples(told, known)),
    }


def anchor(number: int) -> str:
    """Return where in the page an incident is."""
    return f"incident-{number + 1}"


def _sure(told: Incident) -> str:
    """Say how sure the verdict is; that nothing is known is nothing to be sure of."""
    if told.verdict == "inconclusive":
        return ""
    return f"{'only ' if told.wording == 'undetermined' else ''}{told.confidence * 100:.0f} % sure"


def _between(ledger: list[dict[str, Any]]) -> tuple[str, str] | None:
    """Return the two verdicts that all of a ledger weighs, so that they are named once."""
    pairs = {(row["for"], row["against"]) for row in ledger}
    pair = next(iter(pairs)) if len(pairs) == 1 else ("", "")
    return pair if pair[0] else None


def _next_run(proposal: NextRun) -> dict[str, Any]:
    command, why = cut(proposal.command, QUOTE), line(proposal.why, SENTENCE)
    return {"command": command, "why": why, "repeats": proposal.repeats}


def _roles(told: Incident) -> str:
    """Count the roles, where there is more to say than that all are victims."""
    roles: dict[str, int] = {}
    for test in told.tests:
        role = line(test.role, 40)
        roles[role] = roles.get(role, 0) + 1
    said = [plural(number, role) for role, number in sorted(roles.items())]
    return ", ".join(said) if set(roles) != {"victim"} else ""


def _tests(told: Incident) -> list[tuple[str, str]]:
    """Return the first tests, with their roles where these differ: culprits before victims."""
    alike = len({test.role for test in told.tests}) == 1
    tests = told.tests if alike else sorted(told.tests, key=lambda test: test.role != "culprit")
    return [
        (line(test.id, NAME), "" if alike else line(test.role, 40)) for test in tests[:SHOWN_TESTS]
    ]


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


def _examples(told: Incident, known: Failures) -> Iterator[dict[str, str]]:
    """Show the words of a few failures, not the same twice."""
    for test, run, _, failure in examples(told, known, EXAMPLES):
        yield {
            "test": line(test.id, NAME),
            "run": line(run.label, 80),
            "place": place(failure.source),
            "text": ending(failure.text, TRACEBACK),
        }
