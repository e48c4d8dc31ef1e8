"""The verbs, and all of them at once. Each takes what the one before gives."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import Unpack

from diagnose.advice import advised
from diagnose.causes import Page, catalogue, listing, load, manual, together
from diagnose.diagnosis import Diagnosis, EarlyWarning
from diagnose.early import warnings
from diagnose.errors import InputError
from diagnose.evidence import gather
from diagnose.evidence._examples import read_example
from diagnose.evidence._words import patterns, tell
from diagnose.intake import (
    Name,
    Options,
    files_of,
    insist,
    is_kernel_log,
    read_log,
    saved_report,
    silent,
)
from diagnose.intake import read as read
from diagnose.judge import incidents, parallelism
from diagnose.judge.collected import lacks, whom
from diagnose.judge.comparison import compare_tests
from diagnose.judge.retry import retry, unresolved
from diagnose.judge.signature import decide, rank
from diagnose.judge.workers import size
from diagnose.model import Run, Source
from diagnose.publishers import PUBLISHERS
from diagnose.publishers._address import Asked as Asked
from diagnose.publishers._marker import marker
from diagnose.publishers._order import Line as Line
from diagnose.publishers._order import Order as Order
from diagnose.publishers._order import Posted as Posted
from diagnose.readers._file import File
from diagnose.readers._quotes import absent, place_of, reads
from diagnose.redact import Redactor
from diagnose.reports import REPORTS
from diagnose.reports import written as written
from diagnose.reports._comment import Frame, fold, worth_saying, write
from diagnose.reports._doctor import prescribe
from diagnose.reports._restored import restored
from diagnose.reports._saved import parsed, quotes_of
from diagnose.reports._trimmed import trimmed
from diagnose.runs import missing_tests, witness
from diagnose.runs import parse as parse
from diagnose.words import clean

BRIEF = ("gitlab", "json", "terminal")  # of runs, these formats write names and numbers alone
FORMATS: Collection[str] = REPORTS
SHOWING_EXAMPLES = ("html", "markdown", "summary")  # and of all other texts nothing
UNWRITTEN = ("results", "table", "events", "sessions", "heard", "pages", "remedy")


def judge(
    runs: Sequence[Run],
    *,
    shared: Sequence[Run] = (),
    title: str = "",
    pages: Mapping[str, Page] | None = None,
) -> Diagnosis:
    """Put the failures of the runs into incidents; `shared` are logs that cover all of them."""
    runs, kernel = witness(runs, shared)
    gaps = missing_tests(runs)
    problems = tuple(problem for run in runs for problem in run.problems)
    pages = catalogue() if pages is None else pages
    told = tell(runs, patterns(pages.values()))
    found = incidents(runs, told, pages, gather)
    return Diagnosis(
        tuple(replace(run, heard=()) for run in runs),  # of no more use, and not to be published
        found,
        gaps,
        problems,
        parallelism=parallelism(runs, found),
        comparison=compare_tests(runs, found),
        title=title,
        kernel=size(kernel, runs),
        pages={each.cause: pages[each.cause] for each in found if each.cause in pages},
    )


def verdicts(diagnosis: Diagnosis) -> set[str]:
    """Return every verdict there is; a failed test that no file names is `inconclusive`."""
    found: set[str] = {incident.verdict for incident in diagnosis.incidents}
    nameless = any(map(partial(_nameless, diagnosis), diagnosis.runs))
    return found | ({"inconclusive"} if nameless else set())


def _nameless(diagnosis: Diagnosis, run: Run) -> bool:
    """Say whether a test failed that no file names; of a saved run, only counts are known."""
    failed = run.unnamed.get("failed", 0) + run.unnamed.get("error", 0)
    ends = (test.outcomes.get(run.label) for each in diagnosis.incidents for test in each.tests)
    named = 0 if run.results else sum(end in ("failed", "error") for end in ends)
    return failed > named


def gates(diagnosis: Diagnosis) -> set[str]:
    """Return what `--fail-on` may name and is so: the verdicts, and `unresolved`.

    `unresolved` is a test that failed in the last run that ran it, or may never have run.
    """
    open_ = unresolved(diagnosis.runs, diagnosis.incidents)
    return verdicts(diagnosis) | ({"unresolved"} if open_ else set())


def examine(
    runs: Iterable[Name] | Name,
    *,
    kernel: Iterable[Name] = (),
    service: Iterable[Name] = (),
    **options: Unpack[Options],
) -> Diagnosis:
    """Read the runs and the logs that cover them all, and judge."""
    pages = together(map(Path, options.get("causes", ())))  # a bad page is told before the work
    progress, jobs = options.get("progress", silent), options.get("jobs", 0)
    names = [str(run) for run in ([runs] if isinstance(runs, str | Path) else runs)]
    read_runs = read(names, progress=progress, jobs=jobs)
    found = [run for run in read_runs if not is_kernel_log(run, names)]
    shared = [run for run in read_runs if is_kernel_log(run, names)]
    shared += [run for log in (*kernel, *service) for run in read_log(str(log), progress, jobs)]
    insist([*found, *shared])
    diagnosis = judge(found, shared=shared, title=options.get("title", ""), pages=pages)
    problems = tuple(problem for run in shared for problem in run.problems)
    events = tuple(event for run in shared for event in run.events)
    diagnosis = replace(diagnosis, problems=(*diagnosis.problems, *problems), events=events)
    early = tuple(map(_placed, warnings(diagnosis)))
    return advised(replace(diagnosis, warnings=early))


def _placed(warning: EarlyWarning) -> EarlyWarning:
    """Look up where the file names the test, for tests that pass are kept without a line."""
    source = warning.source
    if not source or source.line or not warning.tests or source.path == "-":
        return warning
    try:
        file = _find(source.path, [source.path.partition("!")[0]])
        line, quote = place_of(file, warning.tests[0]) if file else (0, "")
    except OSError:
        return warning
    return replace(warning, quote=quote, source=Source(source.path, line)) if line else warning


def redact(
    diagnosis: Diagnosis,
    patterns: Iterable[str] = (),
    format: str = "",  # noqa: A002 - as `render` calls it
) -> Diagnosis:
    """Replace secrets in all that a report may be made of, the user's own patterns first."""
    redactor = Redactor(patterns, UNWRITTEN if format in BRIEF else ())
    diagnosis = trimmed(diagnosis, format) if format in SHOWING_EXAMPLES else diagnosis
    done: Diagnosis = redactor.value(diagnosis)
    return replace(done, redactions=(done.redactions or 0) + len(redactor.secrets))


def render(
    diagnosis: Diagnosis,
    format: str = "terminal",  # noqa: A002 - the contract's
    **options: str,
) -> str:
    """Write the diagnosis down in that format; secrets are replaced if nobody has yet.

    The options are the format's own: html takes `plotly_js`.
    """
    if format in REPORTS:
        shown = redact(diagnosis, format=format) if diagnosis.redactions is None else diagnosis
        return REPORTS[format].render(shown, **options)
    raise InputError(f"no report format {format!r}", hint=f"one of: {', '.join(REPORTS)}")


def saved(report: Path, causes: Iterable[Name] = ()) -> Diagnosis:
    """Read a saved report back; of its runs only the counts are known.

    It may be packed, in a folder or an archive that anybody may have made; nothing is unpacked
    to disk.
    """
    data, name = saved_report(report)
    told, pages = restored(parsed(data, name), name), together(map(Path, causes))
    named = sorted({each.cause for each in told.incidents} & set(pages))
    return replace(told, pages={cause: pages[cause] for cause in named})


def comment(
    diagnosis: Diagnosis,
    order: Order,
    environ: Mapping[str, str] = os.environ,
    line: Line = Line(),  # noqa: B008 - it is frozen
) -> Posted:
    """Put one comment on a pull request, or bring the one that is there up to date.

    Where and with which token, the environment of a CI job says; secrets are replaced again, for
    nobody knows how a saved report was written.
    """
    from diagnose.publishers._post import post  # with all that opens sockets: 50 ms
    from diagnose.publishers._upsert import Letter

    if order.to not in PUBLISHERS:
        raise InputError(f"no forge {order.to!r}", hint=f"--to one of: {', '.join(PUBLISHERS)}")
    publisher, told = PUBLISHERS[order.to], redact(diagnosis, format="markdown")
    mark = marker(order.key, html=publisher.HTML)
    address, missing = None, ""
    try:
        address = publisher.find(order.asked, environ)
    except InputError as error:
        if not order.dry_run:
            raise
        missing = str(error)
    new = bool(verdicts(told) & order.only_on) if order.only_on else worth_saying(told)
    key = told.title or ("" if order.key == Order().key else order.key)
    frame = Frame(0, publisher.HTML, key, *((address.commit, address.run) if address else ()))

    def text(room: int) -> str:
        shown = replace(frame, limit=room)
        return write(told, shown) if new else fold(told, shown, order.only_on)

    letter = Letter(mark, publisher.LIMIT, text, new)
    if address is None or order.dry_run:
        where = address.name if address else order.to
        return Posted(where, text=letter.body(), note=missing, new=new)
    return post(address, publisher.forge(address), letter, line)


def rerun(diagnosis: Diagnosis) -> tuple[list[str], list[str]]:
    """Return the node ids that deserve a retry, and why the others do not."""
    chosen = retry(diagnosis.incidents)
    return list(chosen.ids), [clean(why).replace("\n", " ") for why in chosen.refused]


def doctor(diagnosis: Diagnosis, given: Iterable[str] = ()) -> str:
    """Say what was not collected, what it would firm up, and how to get it.

    `given` names logs that cover all runs, and so belong to none: kernel, service.
    """
    clean = redact(diagnosis)
    return prescribe((lack.kind, lack.runs, whom(lack)) for lack in lacks(clean, set(given)))


def schema() -> str:
    """Return the JSON Schema of the JSON report."""
    return (Path(__file__).parent / "reports" / "diagnose-1.schema.json").read_text("utf-8")


def explain(cause: str = "", causes: Iterable[Name] = (), *, source: bool = False) -> str:
    """Return what the page of a cause says, or all of its source; without a name, the index."""
    pages = together(map(Path, causes))
    if not cause:
        return listing(pages, {name for name in pages if pages[name] is not catalogue().get(name)})
    if cause not in pages:
        near = ", ".join(name for name in pages if cause.lower() in name)
        hint = f"perhaps {near}" if near else "`diagnose explain` lists them"
        raise InputError(f"no cause {cause!r}", hint=hint)
    return pages[cause].text if source else manual(pages[cause])


def check_causes(folder: Path) -> tuple[int, list[str]]:
    """Run the examples of the pages of a folder, beside ours; return how many, and the wrong."""
    theirs, pages = load(folder), together([folder])
    known = patterns(pages.values())
    checked, wrong = 0, []
    for page in theirs.values():
        for example in page.examples:
            checked += 1
            best = decide(rank(*read_example(example, known), pages))
            if (best.cause == page.cause) is not example.matches:
                must = "must" if example.matches else "must not"
                wrong.append(f"{page.cause}.md:{example.line}: {must} match; is {best.cause}")
    return checked, wrong


def verify(report: Path, runs: Iterable[Name] = ()) -> tuple[int, list[tuple[str, int, str]]]:
    """Look every quote of a saved report up in the inputs; return how many, and those not there."""
    quotes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for path, line, quote in quotes_of(parsed(*saved_report(report))):
        quotes[path].append((line, quote))
    names = [path for run in runs for path in parse(str(run)).paths]
    wrong = []
    for path, wanted in quotes.items():
        file = _find(path, names or [path.partition("!")[0]])
        gone = absent(file, wanted) if file else wanted
        wrong += [(path, line, quote) for line, quote in gone]
    return sum(map(len, quotes.values())), wrong


def _find(path: str, names: Iterable[str]) -> File | None:
    """Find an input again, where it was or where it has been moved to."""
    found = [file for name in names for file in files_of([name], [])]
    same = [file for file in found if file.path == path]
    same = same or [file for file in found if "[redacted" in path and reads(file.path, path)]
    moved = [file for file in found if PurePath(file.path).name == PurePath(path).name]
    return next(iter(same or moved), None) if same or len(moved) == 1 else None
