"""`diagnose verify`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.errors import NotYetError

Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]
Runs = Annotated[list[str], typer.Argument(metavar="[RUN…]", help="the inputs, if they moved")]


def verify(report: Report, runs: Runs = []) -> None:  # noqa: B006 - typer's way to say a default
    """Check every quote of a report against the inputs.

    \b
    diagnose verify report.json
    diagnose verify report.json artifacts/serial artifacts/parallel
    """
    del runs
    raise NotYetError(f"{report}: checking the quotes of a report is not there yet")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("verify")(verify)
