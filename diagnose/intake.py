"""From what a user names to runs: files are found, known, read, and joined."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import eq
from pathlib import Path
from typing import NamedTuple, TypedDict

from diagnose.errors import InputError
from diagnose.model import Input, Problem, Run, Source
from diagnose.parts import cores
from diagnose.readers import read as read_with
from diagnose.readers import recognise
from diagnose.readers._archive import expand
from diagnose.readers._file import File, OnDisk
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
Found = tuple[list[Reading], list[Problem]]
ReadFile = Callable[[File], Found]
Progress = Callable[[int], None]
WORTH_SHARING = 1 << 18  # bytes of a file that a process of its own may read
# Bytes beside the largest file: below, to start processes takes longer than they save.
WORTH_JOBS = 8 << 20
SILENCE_SPEAKS = ("kernel",)  # that nothing was killed is worth knowing
REPORT = re.compile(rb'\s*\{\s*"schema"\s*:\s*"diagnose/')
LARGEST_REPORT, LARGEST_PACKED = 256 << 20, 64 << 20  # a packed one comes from elsewhere
DMESG = "--dmesg"  # the name of a kernel log that is no file: this machine's


class Options(TypedDict, total=False):
    """What else `examine` may be told: a title, where progress goes, folders of cause pages.

    `jobs` is how many processes may read: 0 is as many as the machine has cores for.
    """

    title: str
    jobs: int
    progress: Progress
    causes: Iterable[Name]


def silent(_: int) -> None:
    """Report no progress."""


def read(
    runs: Iterable[Name] | Name, *, progress: Progress = silent, jobs: int = 0
) -> tuple[Run, ...]:
    """Read runs, each `[LABEL=]PATH[,PATH…][@WORKERS]`; what can't be read becomes a problem."""
    names = [runs] if isinstance(runs, str | Path) else runs
    specs = [parse(str(run)) for run in names]
    if [path for spec in specs for path in spec.paths].count("-") > 1:
        raise InputError("standard input can be read once", hint="give the other run as a file")
    if twice := _given_twice(specs):
        raise InputError(
            f"{twice} is given twice",
            hint="a run that is compared with itself counts twice: name another",
        )
    jobs = jobs or cores()
    named = [_Named.of(spec, progress, jobs) for spec in unique_labels(specs)]
    with _Shared([file for each in named for file in each.files], jobs) as read_file:
        found = [run for each in named for run in _read_named(each, read_file)]
    return tuple(with_own_labels(found))


def _given_twice(specs: Iterable[RunSpec]) -> str:
    """Name a run that consists of the same files as another."""
    seen: set[tuple[str, ...]] = set()
    for spec in specs:
        files = tuple(sorted(os.path.realpath(path) for path in spec.paths))
        if files in seen:
            return ",".join(spec.paths)
        seen.add(files)
    return ""


class _Named(NamedTuple):
    """What a user named, the files that it stands for, and what stood in the way."""

    spec: RunSpec
    files: list[File]
    problems: list[Problem]

    @classmethod
    def of(cls, spec: RunSpec, progress: Progress, jobs: int) -> _Named:
        problems: list[Problem] = []
        files = files_of(spec.paths, problems)
        return cls(spec, [replace(each, progress=progress, jobs=jobs) for each in files], problems)


class _Shared:
    """Reads files, in processes of their own where these are many and large."""

    def __init__(self, files: Iterable[File], jobs: int) -> None:
        """Choose which: what others can open for themselves."""
        plain = [file for file in files if isinstance(file.open, OnDisk)]
        self._files = [file for file in plain if file.size >= WORTH_SHARING]
        sizes = sorted(file.size for file in self._files)
        if sum(sizes[:-1]) < WORTH_JOBS or jobs < 2:
            self._files = []
        self._coming = _coming([file.alone() for file in self._files], jobs)
        self._waiting = {id(file): place for place, file in enumerate(self._files)}
        self._here: dict[int, Found] = {}
        self._came = 0

    def __enter__(self) -> ReadFile:
        return self._read

    def __exit__(self, *_: object) -> None:
        self._coming.close()

    def _read(self, file: File) -> Found:
        """Return what is in a file; they are asked for in nearly the order in which they come."""
        place = self._waiting.get(id(file))
        if place is None:
            return _read_file(file)
        while place not in self._here:
            self._here[self._came] = next(self._coming)
            self._came += 1
        file.progress(file.size)
        return self._here.pop(place)


def _coming(files: list[File], jobs: int) -> Generator[Found, None, None]:
    if files:
        from diagnose.crew import shared_out  # 15 ms, for much work only

        yield from shared_out(_read_file, files, jobs)


def _read_named(named: _Named, read_file: ReadFile) -> Iterator[Run]:
    """Read what the user calls a run; a folder or an archive of folders is one for each."""
    folders = by_folder(named.spec, [file.path for file in named.files])
    for part, paths in folders:
        mine = [file for file in named.files if file.path in paths]
        problems = named.problems if part is folders[0][0] else []
        yield from _read_run(part, mine, problems, read_file)


def _read_run(
    spec: RunSpec, files: Sequence[File], problems: list[Problem], read_file: ReadFile
) -> Iterator[Run]:
    readings: list[Reading] = []
    seen: dict[tuple[int, bytes], File] = {}
    for file in files:
        if twin := _twin(file, seen):
            problems.append(Problem(Source(file.path), f"is {twin} once more; counted once"))
        else:
            found, wrong = read_file(file)
            readings += found
            problems += wrong
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


def _unknown(file: File, *, empty: bool) -> str:
    """Say what a file is that no reader knows."""
    if empty:
        return "the file is empty"
    saved = _holds_report(file)
    return "is a saved report: `diagnose render` takes it" if saved else "no reader knows this file"


def _read_file(file: File) -> Found:
    """Read a file with all readers that know it."""
    readings: list[Reading] = []
    try:
        kinds = recognise(file)
        empty = not kinds and not file.head(1 << 16).strip(b"\0 \t\r\n")
    except OSError as error:
        return [], [Problem(Source(file.path), str(error))]
    problems = []
    if not kinds:
        problems.append(Problem(Source(file.path), _unknown(file, empty=empty)))
    for kind in kinds:
        reading = Reading.of(Input(file.path, kind, file.size), read_with(file, kind))
        if reading.empty and kind not in SILENCE_SPEAKS:
            problems.extend(reading.problems)  # it only looked like one of ours
        else:
            readings.append(reading)
    return readings, problems


def is_kernel_log(run: Run, names: Sequence[str]) -> bool:
    """Say whether a file that was named as a run is a kernel's: it covers all the others."""
    return bool(run.inputs) and all(
        found.kind == "kernel" and found.path.partition("!")[0] in names for found in run.inputs
    )


def read_log(name: str, progress: Progress, jobs: int = 0) -> Iterator[Run]:
    """Read a log that covers all runs; `--dmesg` is this machine's own."""
    if name != DMESG:
        jobs = jobs or cores()
        named = _Named.of(RunSpec(parse(name).paths, "shared"), progress, jobs)
        with _Shared(named.files, jobs) as read_file:
            for run in _read_named(named, read_file):
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
        why = f"{problems[0].source.path}: {problems[0].message}"
        raise InputError(why, hint="a report is what `diagnose analyze RUN -o report.json` writes")
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
