"""From a saved report to a comment, and to what is said of it on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from diagnose import api
from diagnose.cli._deliver import VERDICTS
from diagnose.config import load
from diagnose.errors import InputError
from diagnose.words import clean

if TYPE_CHECKING:
    from diagnose.cli.comment import CommentRequest


def deliver(request: CommentRequest) -> None:
    """Comment, or show what the comment would be."""
    order = api.Order(
        request.to,
        request.key,
        _verdicts(request.only_on),
        api.Asked(request.repo, request.pr, request.api),
        request.dry_run,
    )
    own = load(request.config).redact
    posted = api.comment(api.redact(api.saved(request.report), own, "markdown"), order)
    if request.dry_run:
        _show(posted)
        return
    typer.echo(clean(f"{posted.what}{f': {posted.url}' if posted.url else ''}"))
    if posted.note:
        typer.echo(f"diagnose: {clean(posted.note)}\nhint: {posted.hint}", err=True)


def _show(posted: api.Posted) -> None:
    """Print the comment, and beside it where it would go."""
    sys.stdout.write(f"{posted.text}\n")
    when = "to be written" if posted.new else "only if a comment is there already"
    typer.echo(clean(f"{posted.what}: {when}; nothing was sent"), err=True)
    if posted.note:
        typer.echo(clean(f"without --dry-run: {posted.note}"), err=True)


def _verdicts(words: str) -> frozenset[str]:
    wanted = frozenset(word.strip() for word in words.split(",") if word.strip())
    if unknown := sorted(wanted - set(VERDICTS)):
        raise InputError(f"no verdict {unknown[0]!r}", hint=f"one of: {', '.join(VERDICTS)}")
    return wanted
