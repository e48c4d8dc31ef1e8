"""The way in, and the last line of defence."""

import gc
import io
import os
import sys
import traceback
from contextlib import suppress
from typing import Any, NoReturn

from diagnose.errors import DeliveryError, DiagnoseError
from diagnose.words import clean

BUG = 70


def main() -> None:
    """Run the command line; a user's mistake is two lines, a bug of ours is a traceback."""
    gc.set_threshold(1_000_000, 20, 50)  # records have no cycles; looking for some costs a tenth
    sys.stdout = sys.stdout or io.StringIO()  # it was closed by who started us
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console of another encoding is no error
    try:
        code = _run()
        _flush()
        _leave(code)
    except DiagnoseError as error:
        _tell(error)
        if isinstance(error, DeliveryError):
            _abandon()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _abandon()  # the reader of our output is gone (`| head`)
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:  # noqa: BLE001 - the last line of defence: a bug must not look like a finding
        traceback.print_exc()
        print("diagnose: this is a bug; please report the lines above", file=sys.stderr)
        sys.exit(BUG)


def _run() -> int:
    import typer

    from diagnose.cli._app import app

    # The base of all that Typer says of wrong words; it has no public name of its own.
    mistake: Any = typer.BadParameter.__mro__[2]
    try:
        done = app(standalone_mode=False)
    except typer.Exit as exit_:
        return exit_.exit_code
    except typer.Abort:
        return 130
    except SystemExit as exit_:
        if isinstance(exit_.__context__, BrokenPipeError):  # Typer would leave with 1: a finding
            raise exit_.__context__ from None
        raise
    except mistake as error:
        said = error.format_message()
        if said.startswith("Usage"):  # no word was given: then help is the answer
            print(said, file=sys.stderr)
            return DiagnoseError.exit_code
        raise DiagnoseError(said, hint=_help_for(error)) from error
    return done if isinstance(done, int) else 0


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DeliveryError(f"standard output: {error.strerror}") from error


def _leave(code: int) -> NoReturn:
    """Leave at once: the system takes memory back whole, Python an object at a time."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _abandon() -> None:
    """Let go of what could not be printed, or Python would complain of it at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _help_for(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else 'diagnose'} --help"


def _tell(error: DiagnoseError) -> None:
    print(f"diagnose: {_line(str(error))}", file=sys.stderr)
    print(f"hint: {_line(error.hint or 'diagnose --help')}", file=sys.stderr)


def _line(text: str) -> str:
    """Keep what an input says within its line, and from steering the terminal."""
    return clean(" ".join(text.split()))
