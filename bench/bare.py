"""The least that a Typer program can be: what the start of `diagnose` is measured against."""

import typer

app = typer.Typer()


@app.command()
def main(path: str, output: str = "-", verbose: bool = False) -> None:
    """Do nothing with a file."""


if __name__ == "__main__":
    app()
