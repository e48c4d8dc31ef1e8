"""`diagnose explain`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.config import load


def explain(
    cause: Annotated[
        str, typer.Argument(metavar="[CAUSE]", help="a cause, such as db_connections")
    ] = "",
    source: Annotated[
        bool, typer.Option("--source", help="all of the page: its rule and examples too")
    ] = False,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="settings, instead of pyproject.toml")
    ] = None,
) -> None:
    """Show the page of a cause, or the index.

    \b
    diagnose explain
    diagnose explain starved_response
    diagnose explain starved_response --source
    """
    from diagnose import api  # with all it takes, only when there is work

    typer.echo(api.explain(cause, load(config).causes, source=source), nl=False)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)
