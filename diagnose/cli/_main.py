"""The way in, and the last line of defence."""

import gc
import os
import sys
import traceback

from diagnose.errors import DiagnoseError

USAGE = 2
BUG = 70


def main() -> None:
    """Run the command line; a user's mistake is two lines, a bug of ours is a traceback."""
    gc.set_threshold(100_000, 20, 50)  # records have no cycles; looking for some costs a tenth
    try:
        from diagnose.cli._app import app

        app()
    except DiagnoseError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output is gone (`| head`); Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:  # noqa: BLE001 - the last line of defence: a bug must not look like a finding
        traceback.print_exc()
        print("diagnose: this is a bug; please report the lines above", file=sys.stderr)
        sys.exit(BUG)


def _tell(error: DiagnoseError) -> None:
    print(f"diagnose: {error}", file=sys.stderr)
    if error.hint:
        print(f"hint: {error.hint}", file=sys.stderr)
