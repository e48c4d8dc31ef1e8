"""`diagnose doctor`."""

import typer

from diagnose.cli._request import Request, reading
from diagnose.config import load
from diagnose.errors import InputError


def doctor(request: Request) -> None:
    """Say what was not collected, and how to get it.

    \b
    diagnose doctor report.xml
    diagnose doctor artifacts/serial artifacts/parallel
    """
    if not request.runs:
        raise InputError("there is nothing to read", hint="diagnose doctor report.xml")
    from diagnose import api  # with all it takes, only when there is work

    causes = load(request.config).causes
    diagnosis = api.examine(
        request.runs,
        kernel=request.kernel,
        service=request.service,
        causes=causes,
        jobs=request.jobs,
    )
    given = {"kernel": request.kernel, "service": request.service}
    typer.echo(api.doctor(diagnosis, [name for name, logs in given.items() if logs]), nl=False)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("doctor")(reading(doctor))
