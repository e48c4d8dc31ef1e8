"""The options that every reporting command has, said once."""

import inspect
from collections.abc import Callable, Collection
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

Words = TypeVar("Words")
RUN = "[LABEL=]PATH[,PATH…][@WORKERS]"


@dataclass(frozen=True)
class Request:
    """What the user asked of a reporting command."""

    runs: Annotated[
        list[str] | None,
        typer.Argument(metavar="RUN…", help=f"{RUN}: files, folders, archives, or - (stdin)"),
    ] = None
    output: Annotated[
        list[Path],
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="write a report; the suffix says which (repeatable)",
        ),
    ] = field(default_factory=list)
    format: Annotated[
        str,
        typer.Option(metavar="FORMAT", help="print: terminal, html, markdown, json, github …"),
    ] = "terminal"
    kernel: Annotated[
        list[str],
        typer.Option(metavar="FILE", help="a kernel log that covers all runs (repeatable)"),
    ] = field(default_factory=list)
    service: Annotated[
        list[str],
        typer.Option(metavar="FILE", help="a log of the service under test (repeatable)"),
    ] = field(default_factory=list)
    fail_on: Annotated[
        str, typer.Option(metavar="VERDICT,…", help="exit 1 if an incident is this; or: unresolved")
    ] = ""
    title: Annotated[str, typer.Option(metavar="TEXT", help="a title for the report")] = ""
    strict: Annotated[bool, typer.Option("--strict", help="problems with the input exit 2")] = False
    no_redact: Annotated[
        bool,
        typer.Option("--no-redact", help="leave secrets in the reports"),
    ] = False
    plotly_js: Annotated[
        str, typer.Option(metavar="FILE|inline|cdn|none", help="plotly's script for HTML charts")
    ] = "inline"
    jobs: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="processes to read with (0: as many as pay)"),
    ] = 0
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="settings, instead of pyproject.toml")
    ] = None
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="say what is read")] = False
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="print only errors")] = False


def reporting(work: Callable[[Request], None]) -> Callable[..., None]:
    """Make a command of a function of a request: it gets all the options above."""
    return with_options(work, Request)


def reading(work: Callable[[Request], None]) -> Callable[..., None]:
    """Make a command that reads what the others do, and writes no report."""
    return with_options(work, Request, ("runs", "kernel", "service", "jobs", "config"))


def with_options(
    work: Callable[[Words], None], kind: type[Words], only: Collection[str] = ()
) -> Callable[..., None]:
    """Make a command whose options are the fields of a dataclass, or only some of them."""

    def command(**words: object) -> None:
        work(kind(**words))

    every: tuple[Field[Any], ...] = fields(kind)  # type: ignore[arg-type]  # no type names these
    known = [each for each in every if not only or each.name in only]
    hints = get_type_hints(kind, include_extras=True)
    command.__doc__ = work.__doc__
    command.__annotations__ = {f.name: hints[f.name] for f in known} | {"return": None}
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by typer
        [
            inspect.Parameter(
                f.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=_default(f),
                annotation=hints[f.name],
            )
            for f in known
        ]
    )
    return command


def _default(known: Field[Any]) -> object:
    """Return what typer takes for the default; an argument that must be given has none."""
    if known.default is not MISSING:
        return known.default
    return inspect.Parameter.empty if known.default_factory is MISSING else []
