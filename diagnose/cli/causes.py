"""`diagnose causes`."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="a folder of cause pages")]


def check(folder: Folder) -> None:
    """Run the examples of a team's own cause pages.

    \b
    diagnose causes check ci/causes
    """
    from diagnose import api  # with all it takes, only when there is work

    checked, wrong = api.check_causes(folder)
    for line in wrong:
        typer.echo(line)
    typer.echo(f"{checked - len(wrong)} of {checked} examples do what their page says")
    if wrong:
        raise typer.Exit(2)


def add_to(app: typer.Typer) -> None:
    """Register the command and its one sub-command."""
    causes = typer.Typer(
        help="Look after a team's own cause pages.", no_args_is_help=True, rich_markup_mode=None
    )
    causes.command("check")(check)
    app.add_typer(causes, name="causes")
