"""Sessions of a log that ran the same tests: what they say is counted once."""

from collections import defaultdict
from collections.abc import Iterable

from diagnose.model import Session

WORDS = {
    "passed": "passed",
    "xpassed": "passed",
    "failed": "failed",
    "error": "error",
    "skipped": "skipped",
    "xfailed": "skipped",
}


def groups_of(sessions: Iterable[Session]) -> list[list[Session]]:
    """Put the sessions together that ran the same tests, by what the reader noted."""
    homes: dict[tuple[str, str], list[Session]] = {}
    groups: list[list[Session]] = []
    for session in sessions:
        path = session.source.path
        group = homes.get((path, session.details.get("again_of", "")))
        if group is None:
            group = []
            groups.append(group)
        group.append(session)
        homes[path, str(session.source.line)] = group
    return groups


def number(session: Session, name: str) -> int:
    """Return a number that the reader noted."""
    return int(session.details.get(name, 0))


def counted(sessions: Iterable[Session]) -> dict[str, int]:
    """Count the tests by how they ended; of sessions that ran the same, the largest counts."""
    said: dict[str, int] = defaultdict(int)
    for group in groups_of(sessions):
        session = max(group, key=_counts)
        for word, outcome in WORDS.items():
            said[outcome] += session.counts.get(word, 0)
        said["failed"] -= number(session, "subtests_failed")
        said["passed"] -= number(session, "passed_around_subtests")
    return said


def most(sessions: Iterable[Session]) -> int:
    """Return how many tests there can be: a teardown that failed is counted, and is no test."""
    return sum(max(map(_most, group)) for group in groups_of(sessions))


def collected(sessions: Iterable[Session]) -> int | None:
    """Return how many tests the runner meant to run, where it says so."""
    meant = [
        [s.collected for s in group if s.collected is not None and "collect_only" not in s.details]
        for group in groups_of(sessions)
    ]
    return sum(map(max, filter(None, meant))) if any(meant) else None


def superseded(sessions: Iterable[Session]) -> list[Session]:
    """Return the sessions whose tests a later one ran to the end."""
    return [
        session
        for group in groups_of(sessions)
        for place, session in enumerate(group)
        if any(
            later.finished and not later.stopped and (later.collected or 0) >= session.collected
            for later in group[place + 1 :]
            if session.collected is not None
        )
    ]


def _counts(session: Session) -> int:
    return sum(session.counts.get(word, 0) for word in WORDS)


def _most(session: Session) -> int:
    ran = _counts(session) - number(session, "subtests_failed")
    if session.collected is None:
        return ran
    errors = session.counts.get("error", 0) if session.collected == 0 else 0
    return min(ran, session.collected + number(session, "skipped_modules") + errors)
