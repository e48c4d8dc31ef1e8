"""One miller at a time."""

import fcntl
import time
from contextlib import contextmanager
from pathlib import Path

LOCK = Path(__file__).parent.parent / "mill.lock"
PATIENCE = 1.0


class LockNotAcquired(Exception):
    """Somebody else has the mill."""


@contextmanager
def mill():
    end = time.monotonic() + PATIENCE
    with LOCK.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise LockNotAcquired(f"{LOCK.name} not acquired in {PATIENCE} s") from None
                time.sleep(0.02)
        yield
