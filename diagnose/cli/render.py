"""`diagnose render`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.cli._request import Request

Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]
Outputs = Annotated[
    list[Path], typer.Option("-o", "--output", metavar="FILE", help="write it (repeatable)")
]
Format = Annotated[
    str, typer.Option(metavar="FORMAT", help="print: terminal, html, markdown, json, github …")
]
NoRedact = Annotated[bool, typer.Option("--no-redact", help="leave what is in it as it is")]
Config = Annotated[
    Path | None, typer.Option(metavar="FILE", help="settings, instead of pyproject.toml")
]


def render(
    report: Report,
    output: Outputs = [],  # noqa: B006 - typer's way to say a default
    format: Format = "",  # noqa: A002 - typer's way to name an option
    no_redact: NoRedact = False,
    config: Config = None,
) -> None:
    """Write a saved report in another format.

    \b
    diagnose render report.json -o report.html
    diagnose render report.json --format github
    """
    from diagnose.cli._deliver import rewrite  # with all it takes, only when there is work

    shown = format or "terminal"
    quiet = bool(output) and not format
    request = Request(output=output, format=shown, no_redact=no_redact, config=config, quiet=quiet)
    rewrite(report, request)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("render")(render)
