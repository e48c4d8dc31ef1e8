"""`diagnose rerun`."""

from pathlib import Path
from typing import Annotated

import typer

Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]


def rerun(report: Report) -> None:
    """Print the tests that deserve a retry, one a line.

    Why the others do not is said on stderr. Where none does, nothing is printed.

    \b
    diagnose rerun report.json > again.txt
    test -s again.txt && pytest @again.txt
    """
    from diagnose import api  # with all it takes, only when there is work

    ids, refused = api.rerun(api.saved(report))
    for why in refused:
        typer.echo(why, err=True)
    for name in ids:
        typer.echo(name)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("rerun")(rerun)
