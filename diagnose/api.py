"""The verbs, and all of them at once. Each takes what the one before gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import eq
from pathlib import Path, PurePath

from diagnose.advice import advised
from diagnose.causes import catalogue, index, load
from diagnose.diagnosis import Diagnosis
from diagnose.errors import InputError
from diagnose.evidence import gather
from diagnose.evidence._examples import read_example
from diagnose.evidence._words import patterns, tell
from diagnose.judge import incidents, parallelism
from diagnose.judge.collected import lacks, whom
from diagnose.judge.retry import retry
from diagnose.judge.signature import decide, rank
from diagnose.judge.workers import size
from diagnose.model import Input, Problem, Run, Source
from diagnose.readers import read as read_with
from diagnose.readers import recognise
from diagnose.readers._archive import expand
from diagnose.readers._file import File
from diagnose.readers._machine import machine_log
from diagnose.readers._quotes import absent, reads
from diagnose.redact import Redactor
from diagnose.reports import REPORTS
from diagnose.reports._doctor import prescribe
from diagnose.reports._restored import restored
from diagnose.reports._saved import load_report, quotes_of
from diagnose.runs import (
    Reading,
    RunSpec,
    apart,
    assemble,
    by_folder,
    missing_tests,
    parse,
    unique_labels,
    with_own_labels,
    witness,
)
from diagnose.words import clean, plural

Name = str | Path
Progress = Callable[[int], None]
SILENCE_SPEAKS = ("kernel",)  # that nothing was killed is worth knowing
DMESG = "--dmesg"  # the name of a kernel log that is no file: this machine's


def _silent(_: int) -> None:
    """Report no progress."""


def read(runs: Iterable[Name] | Name, *, progress: Progress = _silent) -> tuple[Run, ...]:
    """Read runs, each `[LABEL=]PATH[,PATH…][@WORKERS]`; what can't be read becomes a problem."""
    names = [runs] if isinstance(runs, str | Path) else runs
    specs = [parse(str(run)) for run in names]
    if [path for spec in specs for path in spec.paths].count("-") > 1:
        raise InputError("standard input can be read once", hint="give the other run as a file")
    found = [run for spec in unique_labels(specs) for run in _read_runs(spec, progress)]
    return tuple(with_own_labels(found))


def _read_runs(spec: RunSpec, progress: Progress) -> Iterator[Run]:
    """Read what the user calls a run; a folder or an archive of folders is one for each."""
    problems: list[Problem] = []
    files = [replace(file, progress=progress) for file in _files(spec.paths, problems)]
    folders = by_folder(spec, [file.path for file in files])
    for part, paths in folders:
        mine = [file for file in files if file.path in paths]
        yield from _read_run(part, mine, problems if part is folders[0][0] else [])


def _read_run(spec: RunSpec, files: Sequence[File], problems: list[Problem]) -> Iterator[Run]:
    readings: list[Reading] = []
    seen: dict[tuple[int, bytes], File] = {}
    for file in files:
        if twin := _twin(file, seen):
            problems.append(Problem(Source(file.path), f"is {twin} once more; counted once"))
        else:
            readings.extend(_read_file(file, problems))
    for part, own in apart(spec, readings):
        yield assemble(part, own, problems)
        problems = []


def _files(paths: Iterable[str], problems: list[Problem]) -> Iterator[File]:
    for path in paths:
        for found in expand(path, path):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                yield found


def _twin(file: File, seen: dict[tuple[int, bytes], File]) -> str:
    """Name the file that was read before and holds the same, if there is one."""
    try:
        known = seen.setdefault((file.size, file.head()), file)
        same = known is not file and all(map(eq, known.blocks(), file.blocks()))
    except OSError:
        return ""
    return known.path if same else ""


def _read_file(file: File, problems: list[Problem]) -> Iterator[Reading]:
    try:
        kinds = recognise(file)
        empty = not kinds and not file.head(1 << 16).strip(b"\0 \t\r\n")
    except OSError as error:
        problems.append(Problem(Source(file.path), str(error)))
        return
    if not kinds:
        said = "the file is empty" if empty else "no reader knows this file"
        problems.append(Problem(Source(file.path), said))
    for kind in kinds:
        reading = Reading.of(Input(file.path, kind, file.size), read_with(file, kind))
        if reading.empty and kind not in SILENCE_SPEAKS:
            problems.extend(reading.problems)  # it only looked like one of ours
        else:
            yield reading


def judge(runs: Sequence[Run], *, shared: Sequence[Run] = (), title: str = "") -> Diagnosis:
    """Put the failures of the runs into incidents; `shared` are logs that cover all of them."""
    runs, kernel = witness(runs, shared)
    gaps = missing_tests(runs)
    problems = tuple(problem for run in runs for problem in run.problems)
    pages = catalogue()
    told = tell(runs, patterns(pages.values()))
    found = incidents(runs, told, pages, gather)
    return Diagnosis(
        tuple(runs),
        found,
        gaps,
        problems,
        parallelism=parallelism(runs, told),
        title=title,
        kernel=size(kernel, runs),
        pages={each.cause: pages[each.cause] for each in found if each.cause in pages},
    )


def verdicts(diagnosis: Diagnosis) -> set[str]:
    """Return every verdict there is; a failed test that no file names is `inconclusive`."""
    found: set[str] = {incident.verdict for incident in diagnosis.incidents}
    nameless = any(run.unnamed.get("failed") or run.unnamed.get("error") for run in diagnosis.runs)
    return found | ({"inconclusive"} if nameless else set())


def examine(
    runs: Iterable[Name] | Name,
    *,
    kernel: Iterable[Name] = (),
    service: Iterable[Name] = (),
    title: str = "",
    progress: Progress = _silent,
) -> Diagnosis:
    """Read the runs and the logs that cover them all, and judge."""
    names = [str(run) for run in ([runs] if isinstance(runs, str | Path) else runs)]
    read_runs = read(names, progress=progress)
    found = [run for run in read_runs if not _is_kernel_log(run, names)]
    shared = [run for run in read_runs if _is_kernel_log(run, names)]
    shared += [run for log in (*kernel, *service) for run in _read_log(str(log), progress)]
    _insist([*found, *shared])
    diagnosis = judge(found, shared=shared, title=title)
    problems = tuple(problem for run in shared for problem in run.problems)
    events = tuple(event for run in shared for event in run.events)
    diagnosis = replace(diagnosis, problems=(*diagnosis.problems, *problems), events=events)
    return advised(diagnosis)


def _is_kernel_log(run: Run, names: Sequence[str]) -> bool:
    """Say whether a file that was named as a run is a kernel's: it covers all the others."""
    return bool(run.inputs) and all(
        found.kind == "kernel" and found.path.partition("!")[0] in names for found in run.inputs
    )


def _read_log(name: str, progress: Progress) -> Iterator[Run]:
    if name != DMESG:
        yield from _read_runs(RunSpec(parse(name).paths, "shared"), progress)
        return
    log = machine_log()
    reading = Reading.of(Input(log.path, "kernel", log.size), read_with(log, "kernel"))
    yield assemble(RunSpec((log.path,), "shared"), [reading])


def _insist(runs: Sequence[Run]) -> None:
    """Refuse where nothing at all could be read; the first problem says why."""
    if any(run.inputs for run in runs):
        return
    problems = [problem for run in runs for problem in run.problems]
    hint = "give JUnit XML, a pytest log, a kernel log, or a folder or archive of them"
    if problems:
        more = f" (and {plural(len(problems) - 1, 'more file')})" if len(problems) > 1 else ""
        raise InputError(f"{problems[0].source.path}: {problems[0].message}{more}", hint=hint)
    if runs:
        raise InputError(f"{runs[0].label}: there is no file in it", hint=hint)
    raise InputError("there is nothing to read", hint="give a RUN, or --kernel FILE")


def redact(diagnosis: Diagnosis, patterns: Iterable[str] = ()) -> Diagnosis:
    """Replace secrets in all that a report may be made of, the user's own patterns first."""
    redactor = Redactor(patterns)
    done: Diagnosis = redactor.value(diagnosis)
    return replace(done, redactions=(done.redactions or 0) + len(redactor.secrets))


def render(
    diagnosis: Diagnosis,
    format: str = "terminal",  # noqa: A002 - the contract's
) -> str:
    """Write the diagnosis down in that format; secrets are replaced if nobody has yet."""
    if format in REPORTS:
        shown = redact(diagnosis) if diagnosis.redactions is None else diagnosis
        return REPORTS[format].render(shown)
    raise InputError(f"no report format {format!r}", hint=f"one of: {', '.join(REPORTS)}")


def saved(report: Path) -> Diagnosis:
    """Read a saved report back; of its runs only the counts are known."""
    told, pages = restored(load_report(report), report), catalogue()
    named = sorted({each.cause for each in told.incidents} & set(pages))
    return replace(told, pages={cause: pages[cause] for cause in named})


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


def explain(cause: str = "") -> str:
    """Return the page of a cause; without a name, the index."""
    pages = catalogue()
    if not cause:
        return index(pages)
    if cause not in pages:
        raise InputError(f"no cause {cause!r}", hint="`diagnose explain` lists them")
    return pages[cause].text


def check_causes(folder: Path) -> tuple[int, list[str]]:
    """Run the examples of the pages of a folder, beside ours; return how many, and the wrong."""
    theirs = load(folder)
    pages = {**catalogue(), **theirs}
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
    for path, line, quote in quotes_of(load_report(report)):
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
    found = [file for name in names for file in _files([name], [])]
    same = [file for file in found if file.path == path]
    same = same or [file for file in found if "[redacted" in path and reads(file.path, path)]
    moved = [file for file in found if PurePath(file.path).name == PurePath(path).name]
    return next(iter(same or moved), None) if same or len(moved) == 1 else None
