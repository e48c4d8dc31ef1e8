"""What the words of each failure say: read once for failures that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from diagnose.clues import Facts, Hit, Page
from diagnose.evidence._control import controlled
from diagnose.evidence._prefilter import Patterns
from diagnose.evidence._service import explained
from diagnose.evidence._signature import read
from diagnose.family import DIGITS, Told
from diagnose.model import Run, TestResult

EXAMPLES = 10  # of failures that say the same in their first line; a thousand more add nothing


def patterns(pages: Iterable[Page]) -> Patterns:
    """Gather the patterns of all pages, to be looked for at once."""
    return Patterns(pattern for page in pages for pattern in page.patterns)


def tell(runs: Sequence[Run], patterns: Patterns) -> list[Told]:
    """Read every failure of every run, and hold it against what passing tests say."""
    told = [told for number, run in enumerate(runs) for told in _of_run(number, run, patterns)]
    return controlled(runs, explained(runs, told, patterns))


def _of_run(number: int, run: Run, patterns: Patterns) -> Iterator[Told]:
    known: dict[tuple[str, ...], list[tuple[tuple[Hit, ...], Facts]]] = defaultdict(list)
    setups: dict[tuple[str, ...], tuple[tuple[Hit, ...], Facts]] = {}
    for result in run.results:
        if not result.failed:
            continue
        first = _first(result)
        alike, setup = known[first], (result.worker, *first) if _in_setup(result) else ()
        if setup in setups and not result.output:
            yield Told(number, result, *setups[setup], borrowed=True)
        elif len(alike) < EXAMPLES:
            hits, facts = read(result, patterns)
            alike.append((tuple(hits), facts))
            if setup and result.output:
                setups.setdefault(setup, alike[-1])
            yield Told(number, result, *alike[-1])
        else:
            yield Told(number, result, *alike[0], borrowed=True)


def _in_setup(result: TestResult) -> bool:
    """Say whether a fixture failed: it raises again for all who share it, and prints no more."""
    return bool(result.failures) and all(f.phase == "setup" for f in result.failures)


def _first(result: TestResult) -> tuple[str, ...]:
    """Sum up how a test failed, numbers aside."""
    return tuple(
        f"{failure.phase} {failure.exception} {DIGITS.sub('0', failure.message[:200])}"
        for failure in result.failures[:3]
    )
