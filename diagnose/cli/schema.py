"""`diagnose schema`."""

import typer


def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    from diagnose import api

    typer.echo(api.schema(), nl=False)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("schema")(schema)
