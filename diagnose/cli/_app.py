"""The commands, each in a file of its own."""

from importlib import import_module
from typing import Annotated

import typer

from diagnose.cli._version import show_version

app = typer.Typer(
    name="diagnose",
    help="Say why tests failed: what ran out, who used it up, which failures are real.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich would double the time to the first word
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
COMMANDS = (
    "analyze",
    "compare",
    "oom",
    "explain",
    "render",
    "comment",
    "rerun",
    "verify",
    "doctor",
    "causes",
    "schema",
)


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="show the version"),
    ] = False,
) -> None:
    """Say why tests failed: what ran out, who used it up, which failures are real."""


for name in COMMANDS:
    import_module(f"diagnose.cli.{name}").add_to(app)
