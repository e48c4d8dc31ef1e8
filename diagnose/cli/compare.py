"""`diagnose compare`."""

import typer

from diagnose.cli._request import Request, reporting


def compare(request: Request) -> None:
    """Compare runs: which failures come with parallelism?

    \b
    diagnose compare serial.xml parallel.xml@8
    diagnose compare serial=s.xml n4=p4.xml@4 n8=p8.xml,p8.log -o report.json
    diagnose compare artifacts/serial artifacts/parallel --kernel dmesg.txt
    """
    from diagnose.cli._deliver import run  # with all it takes, only when there is work

    run(request, least=2)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("compare")(reporting(compare))
