"""A fixture of a class, module or session that failed once, and every test that needed it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from diagnose.family import Evidence, Family, Role, Told
from diagnose.words import plural

FEWEST = 3
WIDE = re.compile(r"fixture\([^)\n]{0,200}scope ?= ?['\"](class|module|package|session)['\"]")
ADDRESS = re.compile(r"0x[0-9a-f]{6,16}\b")
NAMED = re.compile(r"^(?:>[ \t]+)?[ \t]*(?:async )?def (\w+)\(", re.MULTILINE)
SHOWN = 4000  # characters of a text: a fixture's own source stands at its beginning
SEEN = 50  # setups of a group whose texts are compared
# Of these the fixture itself is to blame, and with it the test in which it really ran.
BLAMED = {"fixture_error", "bad_test_code", "mock_mismatch", "import_error"}


def gather(family: Family) -> Iterator[Evidence]:
    """Look for setups that failed in the same words, of a fixture that tests share."""
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
    """Name the scope of the fixture; an error kept for others has the same objects in it."""
    texts = [told.result.failures[0].text[:SHOWN] for told in group[:SEEN]]
    if match := next((found for text in texts if (found := WIDE.search(text))), None):
        return match[1]
    objects = set.intersection(*(set(ADDRESS.findall(text)) for text in texts))
    return "shared" if objects else ""


def _told(family: Family, number: int, group: Sequence[Told], scope: str) -> Evidence:
    """Tell the test in which the fixture ran from those that only got its error."""
    first = min(group, key=lambda told: told.result.start or 0.0)
    name = NAMED.search(first.result.failures[0].text[:SHOWN])
    fixture = f"{scope} fixture {name[1]}" if name else f"{scope} fixture"
    text = (
        f"one {fixture} failed in {family.runs[number].label}: "
        f"{plural(len(group) - 1, 'test')} only got its error"
    )
    roles: dict[str, Role] = {told.result.key: "bystander" for told in group}
    roles[first.result.key] = "culprit" if family.cause in BLAMED else "victim"
    facts = first.own().facts
    return Evidence("fixture_cascade", text, quote=facts.line, source=facts.source, roles=roles)
