"""The completeness ledger: what was collected, started or promised, and is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from diagnose.model import Event, Gap, GapKind, Run, Session
from diagnose.runs.sessions import collected as to_run
from diagnose.runs.sessions import number, superseded
from diagnose.words import plural, some

NAMED = 200  # how many tests a gap lists; the number is always whole
LOST = ("worker_crash", "worker_down")
REPORTS = ("junit", "reportlog")
Sessions = Mapping[str, Sequence[Session]]  # by the kind of file that tells of them
INTERRUPTED = (2, 3)  # exit statuses of pytest: interrupted, internal error


def with_gaps(run: Run, sessions: Sessions, twins: Sequence[str]) -> Run:
    """Return the run with what is missing of it, and how many tests never ran."""
    unfinished = _unfinished_tests(run)
    collected = to_run(sessions.get("pytest_log", ()))
    seen = (
        run.counts["tests"] - _modules(run, logs=bool(sessions.get("pytest_log"))) + len(unfinished)
    )
    not_run = max(0, collected - seen) if collected is not None else 0
    gaps = [
        *_truncated(run, sessions),
        *_unfinished(run, unfinished),
        *_lost(run, not_run, collected),
        *(() if not_run else _stopped(run, sessions)),
        *_nameless(run),
        *_twins(run, twins),
    ]
    return replace(run, gaps=tuple(gaps), not_run=not_run)


def _modules(run: Run, *, logs: bool) -> int:
    """Count the modules that were skipped, or could not be collected: no tests of theirs."""
    failed = sum(any(f.phase == "collect" for f in result.failures) for result in run.results)
    if not logs:
        return failed
    reported = sum(not row.classname and row.outcome == "skipped" for row in run.table)
    skipped = sum(number(session, "skipped_modules") for session in run.sessions)
    return failed + (min(skipped, run.unnamed.get("skipped", 0)) or reported)


def _truncated(run: Run, sessions: Sessions) -> Iterator[Gap]:
    """Name the files that end too early, unless whole reports tell of the same sessions."""
    logs = sessions.get("pytest_log", ())
    over = superseded(logs)
    whole = max(sum(s.finished for s in sessions.get(kind, ())) for kind in REPORTS)
    texts: dict[str, None] = {}  # of two sessions in one torn file, that it is torn is said once
    for session in run.sessions:
        known = session in over or (session in logs and whole >= len(logs))
        if session.finished or known:
            continue
        summary = session.details.get("ending") == "summary"
        end = "has no summary line" if summary else "ends before the session does"
        texts[f"{session.source.path} {end}"] = None
    yield from (_gap(run, "truncated", text) for text in texts)


def _unfinished_tests(run: Run) -> list[str]:
    """Return the tests that were started, and of which no file knows the end."""
    known = {result.id or result.key for result in run.results}
    known |= {result.key for result in run.results}
    tests = [t for session in run.sessions for t in session.unfinished if t not in known]
    keys = {test: key_of(test) for test in dict.fromkeys(tests)}
    ended = {row.key for row in run.table.find(keys.values()).values()} if keys else set()
    return [test for test, key in keys.items() if key not in ended | known]


def key_of(nodeid: str) -> str:
    """Return the key of a node id: tables name a test by its dotted class."""
    bare, bracket, parameters = nodeid.partition("[")
    path, _, rest = bare.partition("::")
    classes, _, name = rest.rpartition("::")
    module = path.removesuffix(".py").replace("/", ".").replace("\\", ".")
    return ".".join([module, *filter(None, classes.split("::"))]) + f"::{name}{bracket}{parameters}"


def _unfinished(run: Run, tests: Sequence[str]) -> Iterator[Gap]:
    if tests:
        text = f"{plural(len(tests), 'test')} started and never finished: {some(tests)}"
        yield _gap(run, "never_finished", text, tests)


def _stopped(run: Run, sessions: Sessions) -> Iterator[Gap]:
    """Name what stopped a session that does not say how many tests it meant to run."""
    logs, reports = sessions.get("pytest_log", ()), sessions.get("reportlog", ())
    why = [s.stopped for s in logs if s.stopped and not _all_counted(s)]
    if not any(session.collected for session in logs):
        why += [f"exit status {s.exit_code}" for s in reports if s.exit_code in INTERRUPTED]
    for reason in why[:1]:
        text = f"the session was stopped: {reason}; how many tests did not run is not known"
        yield _gap(run, "lost", text)


def _all_counted(session: Session) -> bool:
    return bool(session.collected) and "during collection" not in session.stopped


def _nameless(run: Run) -> Iterator[Gap]:
    """Count the failures that a log tells of without saying which test it was."""
    failed = run.unnamed.get("failed", 0) + run.unnamed.get("error", 0)
    if failed:
        yield _gap(run, "lost", f"{plural(failed, 'test')} failed that the log does not name")


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
    if gap.kind == "lost" and gap.total and not gap.tests:
        return replace(gap, tests=tuple(absent[:NAMED]))
    return gap


def keys_of(run: Run) -> Iterator[str]:
    """Yield the key of every test that the run names."""
    yield from run.table.keys()
    yield from (result.key for result in run.results)


def _names_all(run: Run) -> bool:
    return not run.unnamed and bool(len(run.table) or run.results)
