"""`diagnose causes`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.errors import NotYetError

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="a folder of cause pages")]


def check(folder: Folder) -> None:
    """Run the examples of a team's own cause pages.

    \b
    diagnose causes check ci/causes
    """
    raise NotYetError(f"{folder}: checking cause pages is not there yet")


def add_to(app: typer.Typer) -> None:
    """Register the command and its one sub-command."""
    causes = typer.Typer(
        help="Look after a team's own cause pages.", no_args_is_help=True, rich_markup_mode=None
    )
    causes.command("check")(check)
    app.add_typer(causes, name="causes")
