"""The completeness ledger: what was collected, started or promised, and is not there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from diagnose.model import Event, Gap, GapKind, Run, Session
from diagnose.words import plural, some

NAMED = 200  # how many tests a gap lists; the number is always whole
LOST = ("worker_crash", "worker_down")


def with_gaps(run: Run, collected: int | None, twins: Sequence[str]) -> Run:
    """Return the run with what is missing of it, and how many tests never ran."""
    reported = run.counts["tests"] - _collection_errors(run)
    not_run = max(0, collected - reported) if collected is not None else 0
    gaps = [
        *_truncated(run),
        *_unfinished(run),
        *_lost(run, not_run, collected),
        *_twins(run, twins),
    ]
    return replace(run, gaps=tuple(gaps), not_run=not_run)


def collected_of(sessions: Iterable[Session]) -> int | None:
    """Return how many tests the runner meant to run, where it says so."""
    meant = [session for session in sessions if session.collected is not None]
    if not meant:
        return None
    return sum((s.collected or 0) - s.counts.get("deselected", 0) for s in meant)


def _collection_errors(run: Run) -> int:
    return sum(
        any(failure.phase == "collect" for failure in result.failures) for result in run.results
    )


def _truncated(run: Run) -> Iterator[Gap]:
    for session in run.sessions:
        if not session.finished:
            yield _gap(run, "truncated", f"{session.source.path} ends before the session does")


def _unfinished(run: Run) -> Iterator[Gap]:
    known = {result.id or result.key for result in run.results}
    tests = [t for session in run.sessions for t in session.unfinished if t not in known]
    tests = list(dict.fromkeys(tests))
    if tests:
        text = f"{plural(len(tests), 'test')} started and never finished: {some(tests)}"
        yield _gap(run, "never_finished", text, tests)


def _lost(run: Run, not_run: int, collected: int | None) -> Iterator[Gap]:
    if not not_run:
        return
    why = next((session.stopped for session in run.sessions if session.stopped), "")
    crashes = [event for event in run.events if event.kind in LOST]
    text = f"{not_run} of {collected} collected tests never ran"
    if why:
        text += f" ({why})"
    elif crashes:
        text += f" ({_crashed(crashes)})"
    yield Gap(run.label, "lost", text, total=not_run)


def _crashed(crashes: list[Event]) -> str:
    workers = sorted({event.worker for event in crashes if event.worker})
    return f"workers died: {some(workers)}" if workers else "a worker died"


def _twins(run: Run, twins: Sequence[str]) -> Iterator[Gap]:
    if twins:
        text = f"{plural(len(twins), 'failed test')} stand in the report more than once"
        yield _gap(run, "duplicated", text, twins)


def _gap(run: Run, kind: GapKind, text: str, tests: Sequence[str] = ()) -> Gap:
    return Gap(run.label, kind, text, tuple(tests[:NAMED]), len(tests))


def missing_tests(runs: Sequence[Run]) -> tuple[Gap, ...]:
    """Compare the runs: which tests does one lack that another has.

    A run that was cut short has said so already, with a number; here its tests get their names.
    """
    named = [run for run in runs if _names_all(run)] if len(runs) > 1 else []
    keys = {run.label: set(keys_of(run)) for run in named}
    everything: set[str] = set().union(*keys.values())
    gaps: list[Gap] = []
    for run in runs:
        absent = sorted(everything - keys.get(run.label, everything))
        gaps.extend(_named(gap, absent) for gap in run.gaps)
        if absent and not run.not_run:
            others = some([o.label for o in named if not keys[o.label].isdisjoint(absent)])
            text = f"{plural(len(absent), 'test')} of {others} did not run in {run.label}"
            gaps.append(_gap(run, "missing_in_run", text, absent))
    return tuple(gaps)


def _named(gap: Gap, absent: list[str]) -> Gap:
    if gap.kind == "lost" and not gap.tests:
        return replace(gap, tests=tuple(absent[:NAMED]))
    return gap


def keys_of(run: Run) -> Iterator[str]:
    """Yield the key of every test that the run names."""
    yield from run.table.keys()
    yield from (result.key for result in run.results)


def _names_all(run: Run) -> bool:
    return not run.unnamed and bool(len(run.table) or run.results)
