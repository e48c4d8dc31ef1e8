"""From what a user names to runs: files are found, known, read, and joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import eq
from pathlib import Path
from typing import TypedDict

from diagnose.errors import InputError
from diagnose.model import Input, Problem, Run, Source
from diagnose.readers import read as read_with
from diagnose.readers import recognise
from diagnose.readers._archive import expand
from diagnose.readers._file import File
from diagnose.readers._machine import machine_log
from diagnose.runs import (
    Reading,
    RunSpec,
    apart,
    assemble,
    by_folder,
    parse,
    unique_labels,
    with_own_labels,
)
from diagnose.words import plural

Name = str | Path
Progress = Callable[[int], None]
SILENCE_SPEAKS = ("kernel",)  # that nothing was killed is worth knowing
REPORT = re.compile(rb'\s*\{\s*"schema"\s*:\s*"diagnose/')
LARGEST_REPORT, LARGEST_PACKED = 256 << 20, 64 << 20  # a packed one comes from elsewhere
DMESG = "--dmesg"  # the name of a kernel log that is no file: this machine's


class Options(TypedDict, total=False):
    """What else `examine` may be told: a title, where progress goes, folders of cause pages."""

    title: str
    progress: Progress
    causes: Iterable[Name]


def silent(_: int) -> None:
    """Report no progress."""


def read(runs: Iterable[Name] | Name, *, progress: Progress = silent) -> tuple[Run, ...]:
    """Read runs, each `[LABEL=]PATH[,PATH…][@WORKERS]`; what can't be read becomes a problem."""
    names = [runs] if isinstance(runs, str | Path) else runs
    specs = [parse(str(run)) for run in names]
    if [path for spec in specs for path in spec.paths].count("-") > 1:
        raise InputError("standard input can be read once", hint="give the other run as a file")
    found = [run for spec in unique_labels(specs) for run in read_runs(spec, progress)]
    return tuple(with_own_labels(found))


def read_runs(spec: RunSpec, progress: Progress) -> Iterator[Run]:
    """Read what the user calls a run; a folder or an archive of folders is one for each."""
    problems: list[Problem] = []
    files = [replace(file, progress=progress) for file in files_of(spec.paths, problems)]
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


def files_of(paths: Iterable[str], problems: list[Problem]) -> Iterator[File]:
    """Yield the files that paths stand for; what stands in the way joins the problems."""
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


def is_kernel_log(run: Run, names: Sequence[str]) -> bool:
    """Say whether a file that was named as a run is a kernel's: it covers all the others."""
    return bool(run.inputs) and all(
        found.kind == "kernel" and found.path.partition("!")[0] in names for found in run.inputs
    )


def read_log(name: str, progress: Progress) -> Iterator[Run]:
    """Read a log that covers all runs; `--dmesg` is this machine's own."""
    if name != DMESG:
        for run in read_runs(RunSpec(parse(name).paths, "shared"), progress):
            yield replace(run, problems=(*run.problems, *_misplaced(run)))
        return
    log = machine_log()
    reading = Reading.of(Input(log.path, "kernel", log.size), read_with(log, "kernel"))
    yield assemble(RunSpec((log.path,), "shared"), [reading])


def _misplaced(log: Run) -> Iterator[Problem]:
    """Name what holds tests and was given as a log: a log covers all runs, and is none."""
    if log.counts["tests"]:
        for found in log.inputs:
            yield Problem(Source(found.path), "holds tests that are not counted; name it as a RUN")


def insist(runs: Sequence[Run]) -> None:
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


def saved_report(path: Path) -> tuple[bytes, str]:
    """Return a saved report, and its name: a file, or the only one in a folder or an archive."""
    problems: list[Problem] = []
    files = list(files_of([str(path)], problems))
    plain = [file for file in files if file.path == str(path)]
    found = plain or [file for file in files if _holds_report(file)]
    if len(found) == 1:
        return _whole(found[0], LARGEST_REPORT if plain else LARGEST_PACKED), found[0].path
    if problems:
        raise InputError(f"{problems[0].source.path}: {problems[0].message}")
    hint = "give the one that is meant" if found else "make one: -o report.json"
    raise InputError(f"{path}: {plural(len(found), 'report')} of diagnose in it", hint=hint)


def _holds_report(file: File) -> bool:
    try:
        return bool(REPORT.match(file.head(256)))
    except OSError:
        return False


def _whole(file: File, most: int) -> bytes:
    try:
        with file.open() as stream:
            data = stream.read(most + 1) if file.size <= most else b""
    except OSError as error:
        raise InputError(f"{file.path}: {error.strerror or error}") from error
    if file.size > most or len(data) > most:
        raise InputError(f"{file.path}: too large for a report")
    return data
