"""A line on a terminal's stderr while much is read; nothing for short work, nothing in a log."""

import sys
import time
from types import TracebackType

PATIENCE = 2.0  # seconds before the first word
PACE = 0.2


class Progress:
    """Counts the bytes that are read, and says so now and then."""

    def __init__(self, *, wanted: bool) -> None:
        self.wanted = wanted and sys.stderr.isatty()
        self.bytes = 0
        self.next = time.monotonic() + PATIENCE
        self.shown = False

    def __call__(self, number: int) -> None:
        """Hear of bytes that were read."""
        self.bytes += number
        if self.wanted and time.monotonic() >= self.next:
            self.next = time.monotonic() + PACE
            self.shown = True
            sys.stderr.write(f"\r\x1b[2Kdiagnose: {self.bytes / 1e6:,.0f} MB read")
            sys.stderr.flush()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
