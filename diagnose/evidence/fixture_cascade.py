"""A fixture of a class, module or session that failed once, and every test that needed it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from diagnose.family import Evidence, Family, Role, Told
from diagnose.words import plural

FEWEST = 3
WIDE = re.compile(
    r"fixture\([^)\n]{0,200}scope ?= ?['\"](?P<scope>class|module|package|session)['\"]"
    r"|\bdef (?:set[uU]p_?)(?P<unit>[cC]lass|[mM]odule)\("
)
NAMED = re.compile(r"^(?:>[ \t]+)?[ \t]*(?:async )?def (\w+)\(", re.MULTILINE)
SHOWN = 4000  # characters of a text: a fixture's own source stands at its beginning
SEEN = 50  # setups of a group whose texts are compared
# Of these the fixture itself is to blame, and with it the test in which it really ran.
BLAMED = {"fixture_error", "bad_test_code", "mock_mismatch", "import_error"}


def gather(family: Family) -> Iterator[Evidence]:
    """Look for setups that failed in the same words, of a fixture that tests share."""
    if len(family.told) < FEWEST:
        return
    for number in family.failed_runs:
        alike: dict[str, list[Told]] = defaultdict(list)
        for told in family.in_run(number):
            failure = told.result.failures[0] if told.result.failures else None
            if failure and failure.phase == "setup" and told.facts.line:
                alike[told.facts.line].append(told)
        for group in alike.values():
            if len(group) >= FEWEST and (scope := _scope(group)):
                yield _told(family, number, group, scope)
                return


def _scope(group: Sequence[Told]) -> str:
    """Name the scope of the fixture, if its source in the tracebacks says that it is shared."""
    texts = (told.result.failures[0].text[:SHOWN] for told in group[:SEEN])
    shared = (text for text in texts if "scope" in text or "def set" in text)
    match = next((found for text in shared if (found := WIDE.search(text))), None)
    return (match["scope"] or match["unit"].lower()) if match else ""


def _told(family: Family, number: int, group: Sequence[Told], scope: str) -> Evidence:
    """Tell the test in which the fixture ran from those that only got its error."""
    run, firsts = family.runs[number], _firsts(group)
    first = firsts[0]
    name = NAMED.search(first.result.failures[0].text[:SHOWN])
    fixture = f"{scope} fixture {name[1]}" if name else f"{scope} fixture"
    text = (
        f"one {fixture} failed in {run.label}: "
        f"{plural(len(group) - len(firsts), 'test')} only got its error"
    )
    roles: dict[str, Role] = {}
    if run.workers == 1 or all(told.result.worker for told in group):
        roles = {told.result.key: "bystander" for told in group}
        role: Role = "culprit" if family.cause in BLAMED else "victim"
        roles |= dict.fromkeys((told.result.key for told in firsts), role)
    facts = first.own().facts
    return Evidence("fixture_cascade", text, quote=facts.quote, source=facts.source, roles=roles)


def _firsts(group: Sequence[Told]) -> list[Told]:
    """Return the first test of each worker: every worker sets a shared fixture up for itself."""
    firsts: dict[str, Told] = {}
    for told in sorted(group, key=lambda told: told.result.start or 0.0):
        firsts.setdefault(told.result.worker, told)
    return list(firsts.values())
