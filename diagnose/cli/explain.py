"""`diagnose explain`."""

from typing import Annotated

import typer

from diagnose.errors import NotYetError


def explain(
    cause: Annotated[str, typer.Argument(help="a cause, such as db_connections")] = "",
) -> None:
    """Show the page of a cause, or the index.

    \b
    diagnose explain
    diagnose explain starved_response
    """
    raise NotYetError(f"the page of {cause or 'each cause'} is not there yet")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)
