"""`diagnose render`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.errors import NotYetError

Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]
Outputs = Annotated[list[Path], typer.Option("-o", "--output", help="write it (repeatable)")]
Format = Annotated[str, typer.Option(help="print: terminal, html, markdown, json or github")]


def render(report: Report, output: Outputs = [], format: Format = "terminal") -> None:  # noqa: A002, B006 - typer's way to say an option's name and default
    """Write a saved report in another format.

    \b
    diagnose render report.json -o report.html
    diagnose render report.json --format github
    """
    del output, format
    raise NotYetError(f"{report}: writing a saved report in another format is not there yet")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("render")(render)
