"""Sheets of a map are drawn one by one, under a lock."""

import fcntl
import os
import time
from pathlib import Path

LOCK = Path(os.environ.get("ATLAS_LOCK", "atlas.lock"))
PATIENCE = float(os.environ.get("ATLAS_PATIENCE", "0.6"))


class SheetBusy(Exception):
    """Somebody else draws."""


class Drawing:
    def __enter__(self):
        self.file = LOCK.open("a+")
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    self.file.close()
                    raise SheetBusy(
                        f"{LOCK.name} is still held by another after {PATIENCE} s"
                    ) from None
                time.sleep(0.02)

    def __exit__(self, *_):
        self.file.close()


def draw(sheet):
    with Drawing():
        time.sleep(0.25)
        return f"sheet {sheet}"


def scale(metres):
    return f"1:{metres * 100}"
