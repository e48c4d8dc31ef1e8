"""Sessions of one log that run the same tests: the later ones are tries of tests known already."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from diagnose.model import Attempt, Event, Outcome, TestResult
from diagnose.readers._pytest_session import Draft
from diagnose.table import Row, TestTable

MOST_SESSIONS = 20  # that are remembered
SAMPLE = 50

Told = TestResult | Event


@dataclass(frozen=True, slots=True)
class _Session:
    """What is remembered of a session."""

    line: int
    root: str
    collected: int | None
    cut: bool
    deselected: bool
    parallel: bool
    paths: set[str]
    failed: dict[str, TestResult]
    table: TestTable

    def has(self, names: set[str]) -> bool:
        return not names.isdisjoint(self.failed) or bool(self.table.find(names))


class Past:
    """The sessions that a log has told of so far."""

    def __init__(self) -> None:
        self._sessions: deque[_Session] = deque(maxlen=MOST_SESSIONS)

    def take(self, draft: Draft, told: Sequence[Told]) -> tuple[TestTable, Sequence[Told]]:
        """Return the table without tests that are known, and what is new of those that failed."""
        table = draft.progress.table
        failed = {test.key: test for test in told if isinstance(test, TestResult) and test.id}
        before = next((s for s in reversed(self._sessions) if _same(s, draft, failed)), None)
        self._sessions.append(_remember(draft, failed))
        if before is None:
            return table, told
        draft.details["again_of"] = str(before.line)
        settles = draft.retry or before.cut
        known = table.find(before.failed.keys())
        tries = [_passed(row, before.failed[row.key]) for row in known.values() if settles]
        failures = [_tried(test, before) if isinstance(test, TestResult) else test for test in told]
        both = table.find(set(before.table.keys()))
        return table.without({*known, *both}), [*failures, *tries]


def _remember(draft: Draft, failed: dict[str, TestResult]) -> _Session:
    progress = draft.progress
    return _Session(
        draft.source.line,
        draft.details.get("rootdir", ""),
        draft.collected,
        draft.sum is None or bool(draft.stopped),
        "deselected" in draft.parts,
        progress.parallel,
        progress.paths,
        failed,
        progress.table,
    )


def _same(before: _Session, draft: Draft, failed: dict[str, TestResult]) -> bool:
    """Say whether a session runs tests of an earlier one: by its word, their names, the number."""
    if before.root != draft.details.get("rootdir", ""):
        return False
    names = set(islice(_names(draft, failed), SAMPLE))
    if draft.retry or before.has(names):
        return True
    if len(draft.progress.table) and len(before.table):
        return False
    here = draft.progress.paths
    if here and before.paths:
        chosen = before.deselected or "deselected" in draft.parts
        return not chosen and not here.isdisjoint(before.paths)
    parallel = before.parallel or draft.progress.parallel  # which is why no file is named
    return parallel and bool(draft.collected) and before.collected == draft.collected


def _names(draft: Draft, failed: dict[str, TestResult]) -> Iterator[str]:
    yield from islice(failed, SAMPLE // 2)
    yield from draft.progress.table.keys()


def _passed(row: Row, before: TestResult) -> TestResult:
    """Make a try of a row: what failed in the session before has passed now."""
    outcome: Outcome = "skipped" if row.outcome == "skipped" else "passed"
    return replace(before, outcome=outcome, failures=(), output=(), attempts=(Attempt(outcome),))


def _tried(test: TestResult, before: _Session) -> TestResult:
    """Add to a failed test that it passed in the session before."""
    if test.key in before.failed or test.attempts or not before.table.find([test.key]):
        return test
    return replace(test, attempts=(Attempt("passed"), Attempt(test.outcome, test.failures)))
