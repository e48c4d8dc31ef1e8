"""From a diagnosis to files, standard output and an exit code."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import typer

from diagnose import api
from diagnose.cli._paint import paint
from diagnose.cli._progress import Progress
from diagnose.cli._request import DMESG, Request
from diagnose.config import load
from diagnose.diagnosis import Diagnosis
from diagnose.errors import DeliveryError, InputError

SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json", ".txt": "terminal"}
VERDICTS = (
    "resource_exhaustion",
    "service_fault",
    "test_isolation",
    "environment",
    "test_defect",
    "inconclusive",
)
GATES = (*VERDICTS, "unresolved", "never")  # never: whatever the settings say


def run(request: Request, least: int = 0) -> Diagnosis:
    """Examine what was asked for, write the reports, and leave if the exit code is not 0."""
    formats = _formats(request)
    settings = load(request.config)
    _look_for(request.plotly_js)
    gates = _gates(request.fail_on, settings.fail_on)
    with Progress(wanted=not request.quiet) as progress:
        diagnosis = api.examine(
            request.runs or [],
            kernel=request.kernel,
            service=request.service,
            title=request.title or settings.title,
            progress=progress,
            causes=settings.causes,
            jobs=request.jobs,
        )
    if len(diagnosis.runs) < least:
        raise InputError(
            "a comparison needs two runs", hint="diagnose compare serial.xml parallel.xml@8"
        )
    if request.verbose:
        _tell_inputs(diagnosis)
    _deliver(diagnosis, request, formats)
    if request.strict and diagnosis.problems:
        problem = diagnosis.problems[0]
        raise InputError(f"{problem.source.path}: {problem.message}", hint="--strict was asked for")
    if api.gates(diagnosis) & gates:
        raise typer.Exit(1)
    return diagnosis


def rewrite(report: Path, request: Request) -> None:
    """Write a saved report in the formats that were asked for."""
    formats = _formats(request)
    _deliver(api.saved(report, load(request.config).causes), request, formats)


def _deliver(diagnosis: Diagnosis, request: Request, formats: list[str]) -> None:
    """Write all files, and print; secrets are replaced in each, unless the user said not to."""
    own = load(request.config).redact

    @cache
    def shown(form: str) -> Diagnosis:
        if request.no_redact:
            return replace(diagnosis, redactions=diagnosis.redactions or 0)
        return api.redact(diagnosis, own, form)

    def pieces(form: str) -> Iterable[str]:
        options = {"plotly_js": request.plotly_js} if form == "html" else {}
        alike = api.BRIEF[0] if form in api.BRIEF else form
        return api.written(shown(alike), form, **options)

    undelivered = [
        error
        for path, form in zip(request.output, formats, strict=True)
        if (error := _write(path, pieces(form)))
    ]
    if not request.quiet:
        _print(pieces(request.format), request)
    if undelivered:
        raise undelivered[0]


def _formats(request: Request) -> list[str]:
    """Return the format of each file; miss one that there is not before the work, not after it."""
    if request.format not in api.FORMATS:
        hint = f"one of: {', '.join(api.FORMATS)}"
        raise InputError(f"no report format {request.format!r}", hint=hint)
    names = [*(request.runs or []), *request.kernel, *request.service]
    files = [name for name in names if name != DMESG]
    taken = [Path(each) for name in files for each in api.parse(name).paths]
    return [_format_of(path, taken) for path in request.output]


def _format_of(path: Path, taken: list[Path]) -> str:
    if path.exists() and any(each.exists() and path.samefile(each) for each in taken):
        raise InputError(f"{path}: is also an input", hint="write the report somewhere else")
    named = path.with_suffix("").suffix[1:]
    if named in set(api.FORMATS) - set(SUFFIXES.values()):  # report.codequality.json
        return named
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: no format has this suffix", hint=f"one of: {' '.join(SUFFIXES)}")
    return SUFFIXES[path.suffix.lower()]


def _look_for(script: str) -> None:
    """Miss a script before the work, not after it."""
    if script not in ("inline", "cdn", "none") and not Path(script).is_file():
        raise InputError(f"{script}: no such file", hint="--plotly-js FILE, inline, cdn or none")


def _gates(asked: str, settings: tuple[str, ...]) -> set[str]:
    gates = {word.strip() for word in asked.split(",") if word.strip()} or set(settings)
    if unknown := sorted(gates - set(GATES)):
        raise InputError(f"no verdict {unknown[0]!r}", hint=f"one of: {', '.join(GATES)}")
    return gates


def _write(path: Path, pieces: Iterable[str]) -> DeliveryError | None:
    """Write a report whole or not at all; return what stood in the way."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            stream.writelines(piece.encode("utf-8", "replace") for piece in pieces)
        draft.replace(path)
    except OSError as error:
        hint = "what else was made is kept; choose a folder that can be written to"
        return DeliveryError(f"{path}: {error.strerror or error}", hint=hint)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return None


def _print(pieces: Iterable[str], request: Request) -> None:
    if request.format == "terminal" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        pieces = [paint("".join(pieces))]
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:  # who read it has enough (`| head`); the gate stands
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise DeliveryError(f"standard output: {error.strerror}") from error


def _tell_inputs(diagnosis: Diagnosis) -> None:
    for taken in diagnosis.runs:
        for found in taken.inputs:
            typer.echo(
                f"{taken.label}: {found.path} ({found.kind}, {found.bytes:,} bytes)", err=True
            )
