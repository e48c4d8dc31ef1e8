"""What the words of each failure say: read once for failures that say the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from diagnose.clues import Facts, Hit, Page
from diagnose.evidence._control import controlled
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._service import explained
from diagnose.evidence._signature import read
from diagnose.family import CODES, DIGITS, Told
from diagnose.model import Run, TestResult

EXAMPLES = 10  # of failures that say the same in their first line; a thousand more add nothing
ALIKE = 3  # that said the same in a row: what the next one says is known, too
# Numbers differ from one failure to the next, but for those that are names: a 429 is no 500.
NUMBER = re.compile(
    rf"(?P<name>(?<![\w.:/-]){CODES}>? (?:[=!]==?|in|is|<) \W{{0,2}}(?:HTTPStatus\.\w+: )?{CODES}\b"
    r"|(?i:\b(?:code|status|http|response|got|was|received|returned|with|expected|that|value)\W{1,3})"
    rf"{CODES}\b"
    r"|(?i:\b(?:errno|exit(?: code| status)?|signal|sqlstate)\W{1,3})\d+)|\d+"
)

_Read = tuple[tuple[Hit, ...], Facts]


def patterns(pages: Iterable[Page]) -> Patterns:
    """Gather the patterns of all pages, to be looked for at once."""
    return Patterns(pattern for page in pages for pattern in page.patterns)


def tell(runs: Sequence[Run], patterns: Patterns) -> list[Told]:
    """Read every failure of every run, and hold it against what passing tests say."""
    told = [told for number, run in enumerate(runs) for told in _of_run(number, run, patterns)]
    return controlled(runs, explained(runs, told, patterns))


def _of_run(number: int, run: Run, patterns: Patterns) -> Iterator[Told]:
    known: dict[tuple[str, ...], list[_Read]] = defaultdict(list)
    settled: set[tuple[str, ...]] = set()
    setups: dict[tuple[str, ...], _Read] = {}
    for result in run.results:
        if not result.failed:
            continue
        first = _first(result)
        alike, setup = known[first], (result.worker, *first) if _in_setup(result) else ()
        if setup in setups and not result.output:
            yield Told(number, result, *setups[setup], borrowed=True)
        elif first not in settled:
            hits, facts = read(result, patterns)
            alike.append((tuple(hits), facts))
            if len(alike) == EXAMPLES or _say_the_same(alike[-ALIKE:]):
                settled.add(first)
            if setup and result.output:
                setups.setdefault(setup, alike[-1])
            yield Told(number, result, *alike[-1])
        else:
            yield Told(number, result, *alike[0], borrowed=True)


def _say_the_same(read: Sequence[_Read]) -> bool:
    """Say whether enough failures were read, and each has the patterns and facts of the others."""
    said = {
        (frozenset((hit.pattern.id, hit.place) for hit in hits), _placeless(facts))
        for hits, facts in read
    }
    return len(read) == ALIKE and len(said) == 1


def _placeless(facts: Facts) -> Facts:
    """Leave out where it stands, and the numbers in it."""
    return replace(facts, line=DIGITS.sub("0", facts.line), quote="", source=None)


def _in_setup(result: TestResult) -> bool:
    """Say whether a fixture failed: it raises again for all who share it, and prints no more."""
    return bool(result.failures) and all(f.phase == "setup" for f in result.failures)


def _first(result: TestResult) -> tuple[str, ...]:
    """Sum up how a test failed, numbers aside."""
    return tuple(
        f"{failure.phase} {failure.exception} {NUMBER.sub(_numberless, failure.message[:200])}"
        for failure in result.failures[:3]
    )


def _numberless(number: re.Match[str]) -> str:
    return number["name"] or "0"
