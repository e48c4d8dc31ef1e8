"""Pages wait in the spool until they are printed."""

import errno
import os
from pathlib import Path

SPOOL = Path("spool")


class PressError(Exception):
    """The press has stopped."""


def spool(page, size):
    """Put a page into the spool; whoever prints it takes it out."""
    target = SPOOL / f"{page}.page"
    line = os.open(target, os.O_CREAT | os.O_WRONLY)
    try:
        put = os.write(line, b"#" * size)
        if put < size:
            raise PressError(f"{target.name} is {put} of {size} bytes long")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise PressError(f"{target.name} can't be spooled: the tray is full") from error
    finally:
        os.close(line)
    return target


def columns(width):
    return max(1, width // 45)
