"""`diagnose comment`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from diagnose.cli._request import with_options


@dataclass(frozen=True)
class CommentRequest:
    """What the user asked of `comment`."""

    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="a saved report")]
    to: Annotated[str, typer.Option(metavar="FORGE", help="github, gitlab, gitea or bitbucket")] = (
        "github"
    )
    key: Annotated[str, typer.Option(metavar="NAME", help="tells several comments apart")] = (
        "report"
    )
    only_on: Annotated[
        str, typer.Option(metavar="VERDICT,…", help="stay silent on anything else")
    ] = ""
    dry_run: Annotated[bool, typer.Option("--dry-run", help="print what would be sent")] = False
    repo: Annotated[str, typer.Option(metavar="OWNER/NAME", help="else from the CI job")] = ""
    pr: Annotated[str, typer.Option(metavar="N", help="else from the CI job")] = ""
    api: Annotated[str, typer.Option(metavar="URL", help="else from the CI job")] = ""
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="settings, instead of pyproject.toml")
    ] = None


def comment(request: CommentRequest) -> None:
    """Put one comment on the pull request, and keep it up to date.

    The comment is found again and changed in place. Nothing is written where nothing is worth
    it; a comment that is there is folded when all is green again.

    The token is read from GITHUB_TOKEN, GITLAB_TOKEN, GITEA_TOKEN or BITBUCKET_TOKEN. Where the
    pull request comes from a fork, whose token can only read, the text goes to the summary of
    the step. A comment that was refused exits 3.

    \b
    diagnose comment report.json --to github
    diagnose comment report.json --to gitlab --key integration --dry-run
    """
    from diagnose.cli._comment import deliver  # with all it takes, only when there is work

    deliver(request)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("comment")(with_options(comment, CommentRequest))
