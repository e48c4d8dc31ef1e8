"""The command line: words in, words out. All work is done in `diagnose.api`."""

from diagnose.cli._main import main

__all__ = ["main"]
