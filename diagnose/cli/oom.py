"""`diagnose oom`."""

from dataclasses import dataclass, replace
from typing import Annotated

import typer

from diagnose.cli._request import Request, with_options
from diagnose.errors import InputError

NO_LOG = (
    "none of this is a kernel log, so nothing can be said of OOM kills\n"
    "hint: give one too: `sudo dmesg -T > dmesg.txt` where the tests ran, or --dmesg here"
)


@dataclass(frozen=True)
class OomRequest(Request):
    """What the user asked of `oom`."""

    dmesg: Annotated[bool, typer.Option("--dmesg", help="read this machine's kernel log")] = False


def oom(request: Request) -> None:
    """Explain OOM kills: who died, and who was guilty.

    \b
    diagnose oom --dmesg
    dmesg | diagnose oom -
    diagnose oom kern.log parallel=report.xml,console.log@8

    What is a kernel log by its content covers all runs; the rest are runs.
    """
    dmesg = isinstance(request, OomRequest) and request.dmesg
    if not (request.runs or request.kernel or request.service or dmesg):
        raise InputError("there is no kernel log", hint="diagnose oom --dmesg, or give a FILE")
    from diagnose import api  # with all it takes, only when there is work
    from diagnose.cli._deliver import run

    asked = replace(request, kernel=[*request.kernel, api.DMESG]) if dmesg else request
    kernel = run(asked).kernel
    if not (kernel.logs or kernel.kills or kernel.other):
        typer.echo(f"diagnose: {NO_LOG}", err=True)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("oom")(with_options(oom, OomRequest))
