"""`diagnose --version`."""

import typer


def show_version(wanted: bool) -> None:
    """Print the version and stop, if it was asked for."""
    if wanted:
        from importlib.metadata import version  # 10 ms that only this option is worth

        typer.echo(f"diagnose {version('diagnose')}")
        raise typer.Exit
