"""`diagnose explain`."""

from typing import Annotated

import typer


def explain(
    cause: Annotated[str, typer.Argument(help="a cause, such as db_connections")] = "",
) -> None:
    """Show the page of a cause, or the index.

    \b
    diagnose explain
    diagnose explain starved_response
    """
    from diagnose import api  # with all it takes, only when there is work

    typer.echo(api.explain(cause), nl=False)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)
