"""`diagnose comment`."""

from pathlib import Path
from typing import Annotated

import typer

from diagnose.errors import NotYetError

Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]
To = Annotated[str, typer.Option(help="github, gitlab, gitea or bitbucket")]
Key = Annotated[str, typer.Option(help="tells several comments on one pull request apart")]
OnlyOn = Annotated[str, typer.Option(metavar="VERDICT,…", help="stay silent on anything else")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="print what would be sent")]


def comment(
    report: Report,
    to: To = "github",
    key: Key = "",
    only_on: OnlyOn = "",
    dry_run: DryRun = False,
) -> None:
    """Put one comment on the pull request, and keep it up to date.

    \b
    diagnose comment report.json --to github
    diagnose comment report.json --to gitlab --key integration --dry-run
    """
    del to, key, only_on, dry_run
    raise NotYetError(f"{report}: comments on pull requests are not there yet")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("comment")(comment)
