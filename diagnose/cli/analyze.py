"""`diagnose analyze`."""

import typer

from diagnose.cli._request import Request, reporting
from diagnose.errors import InputError


def analyze(request: Request) -> None:
    """Diagnose one or many runs.

    \b
    diagnose analyze report.xml
    diagnose analyze artifacts/ -o report.json
    diagnose analyze ci=report.xml,console.log@8 --kernel dmesg.txt
    unzip -p logs.zip 1_test.txt | diagnose analyze -
    """
    if not (request.runs or request.kernel or request.service):
        raise InputError("there is nothing to read", hint="diagnose analyze report.xml")
    from diagnose.cli._deliver import run  # with all it takes, only when there is work

    run(request)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("analyze")(reporting(analyze))
