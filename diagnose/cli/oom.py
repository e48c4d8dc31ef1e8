"""`diagnose oom`."""

from dataclasses import dataclass
from typing import Annotated

import typer

from diagnose.cli._request import Request, with_options
from diagnose.errors import NotYetError


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
    """
    del request
    raise NotYetError(
        "explaining OOM kills is not there yet",
        hint="diagnose analyze RUN --kernel FILE already lists the kernel's events in its JSON",
    )


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("oom")(with_options(oom, OomRequest))
