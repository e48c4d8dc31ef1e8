"""`diagnose verify`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.words import clean

Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]
Runs = Annotated[list[str], typer.Argument(metavar="[RUN…]", help="the inputs, if they moved")]


def verify(report: Report, runs: Runs = []) -> None:  # noqa: B006 - typer's way to say a default
    """Check every quote of a report against the inputs.

    \b
    diagnose verify report.json
    diagnose verify report.json artifacts/serial artifacts/parallel
    """
    from diagnose import api  # with all it takes, only when there is work

    checked, wrong = api.verify(report, runs)
    for path, line, quote in wrong:
        typer.echo(clean(f"not there: {path}:{line}: {quote!r}"))
    typer.echo(f"{checked - len(wrong)} of {checked} quotes stand where the report says")
    if wrong:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("verify")(verify)
