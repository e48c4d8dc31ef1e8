"""The card, as the tests see it."""

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

LEDGER = Path(__file__).parent.parent / "card"
GIB = float(os.environ.get("CARD_GIB", "8"))


class OutOfMemoryError(RuntimeError):
    """The driver's error."""


def book(gib):
    with LEDGER.open("a+") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        ledger.seek(0)
        used = sum(map(float, ledger.read().split()))
        if used + gib > GIB:
            raise OutOfMemoryError(
                f"CUDA out of memory. Tried to allocate {gib:.2f} GiB. GPU 0 has a total capacity "
                f"of {GIB:.2f} GiB of which {GIB - used:.2f} GiB is free."
            )
        ledger.write(f"{gib}\n")


@contextmanager
def allocated(gib):
    book(gib)
    try:
        yield
    finally:
        book(-gib)
