"""Streams within files: a window of one, the plain bytes of a packed one, a store for both."""

import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import BinaryIO, Self
from weakref import finalize

from diagnose.readers._codecs import CODECS, Decoder
from diagnose.readers._file import TornError

CHUNK = 1 << 16
MOST_BYTES = 8 << 30  # what one archive may unpack to, all its members together
MOST_RATIO, RATIO_FROM = 1000, 64 << 20  # no log packs so well; a bomb does
IN_MEMORY = 32 << 20


def leave() -> None:
    """Close nothing: others read there too."""


class Stream(io.BufferedIOBase):
    """Reads as much as is asked for; an error waits until what came before it was handed out."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._error: OSError | None = None

    def pull(self, most: int) -> bytes:
        """Return at least one byte and `most` at most, nothing at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        """Say yes: this is what it is for."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return `size` bytes, fewer only at the end or before a tear."""
        if self._error:
            raise self._error
        left = sys.maxsize if size is None or size < 0 else size
        parts = []
        try:
            while left and (part := self.pull(min(left, 1 << 20))):
                parts.append(part)
                left -= len(part)
        except OSError as error:
            if not parts:
                raise
            self._error = error
        return b"".join(parts)

    def read1(self, size: int = -1) -> bytes:
        """Return what is at hand, for a text layer above."""
        return self.read(CHUNK if size < 0 else size)

    def close(self) -> None:
        """Close what it reads from."""
        if not self.closed:
            self._close()
        super().close()


class Window(Stream):
    """A part of a file as a file of its own; torn where the file is too short for it."""

    def __init__(
        self, fetch: Callable[[int, int], bytes], size: int, close: Callable[[], None]
    ) -> None:
        super().__init__(close)
        self._fetch = fetch
        self.size = size
        self._at = 0

    @classmethod
    def of(
        cls, source: BinaryIO, start: int, size: int, close: Callable[[], None] | None = None
    ) -> Self:
        """Open a window into a stream that can seek; it closes the stream unless told otherwise."""

        def fetch(at: int, most: int) -> bytes:
            source.seek(start + at)
            return source.read(most)

        return cls(fetch, size, close or source.close)

    def pull(self, most: int) -> bytes:
        """Return the next bytes within the window."""
        most = min(most, self.size - self._at)
        if most <= 0:
            return b""
        data = self._fetch(self._at, most)
        if not data:
            raise TornError(f"breaks off, {self.size - self._at:,} bytes are missing")
        self._at += len(data)
        return data

    def seekable(self) -> bool:
        """Say yes: its source can."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move within the window."""
        base = (0, self._at, self.size)[whence]
        if base + offset < 0:
            raise TornError("points before its own beginning")
        self._at = base + offset
        self._error = None
        return self._at

    def tell(self) -> int:
        """Return the position within the window."""
        return self._at


@dataclass
class Budget:
    """What an archive of `packed` bytes has unpacked to, and how many members it has shown."""

    packed: int
    bytes: int = 0
    members: int = 0

    @property
    def spent(self) -> bool:
        """Say whether this can't be an honest archive, or is too large to unpack."""
        allowed = max(RATIO_FROM, MOST_RATIO * self.packed)
        return self.bytes > min(MOST_BYTES, allowed)


class Meter:
    """Charges a budget for the bytes of one file, once however often it is read."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._seen = 0

    def reach(self, position: int) -> None:
        """Charge what had not been read before; refuse what can't be paid for."""
        if position <= self._seen:
            return
        if not self._budget.spent:
            self._budget.bytes += position - self._seen
        if self._budget.spent:
            raise TornError(f"unpacks to far too much for {self._budget.packed:,} bytes")
        self._seen = position


class Decoded(Stream):
    """The plain bytes of packed ones; streams that follow each other are one, as `zcat` has it."""

    def __init__(self, source: Stream | BinaryIO, codec: str, meter: Meter) -> None:
        super().__init__(source.close)
        self._source = source
        self._codec = codec
        self._meter = meter
        self._decoder: Decoder | None = None
        self._given = b""
        self.fed = self.position = 0

    @property
    def consumed(self) -> int:
        """Count the packed bytes that belong to the data."""
        return self.fed - (len(self._decoder.unused_data) if self._decoder else 0)

    def pull(self, most: int) -> bytes:
        """Unpack the next bytes."""
        try:
            out = self._unpack(most)
        except (zlib.error, lzma.LZMAError, EOFError, ValueError, MemoryError) as error:
            raise TornError(f"is damaged: {error}") from None
        self.position += len(out)
        self._meter.reach(self.position)
        return out

    def _unpack(self, most: int) -> bytes:
        while not (self._decoder and self._decoder.eof) or self._next_stream():
            decoder = self._decoder = self._decoder or CODECS[self._codec]()
            data, self._given = self._given, b""
            starved = False
            if not data and decoder.needs_input:
                data = self._more()
                starved = not data
            if out := decoder.decompress(data, most):
                return out
            if starved and not decoder.eof:
                raise TornError("breaks off in the middle of packed data")
        return b""

    def _more(self) -> bytes:
        data = self._source.read(CHUNK)
        self.fed += len(data)
        return data

    def _next_stream(self) -> bool:
        """Begin the stream that follows; zeros between are padding."""
        if self._codec == "deflate" or not self._decoder:
            return False
        data = self._decoder.unused_data.lstrip(b"\0")
        while not data:
            data = self._more()
            if not data:
                return False
            data = data.lstrip(b"\0")
        self._given, self._decoder = data, None
        return True


class Spool:
    """Keeps what can be read but once, in memory while it is small, else in a nameless file."""

    def __init__(self) -> None:
        # Opened for as long as any file of it is known, so no `with`; `finalize` closes it.
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - see above
        self._lock = Lock()
        self._end = 0
        finalize(self, self._file.close)

    def keep(self, blocks: Iterator[bytes]) -> tuple[Callable[[], Window], int, str]:
        """Store blocks; return how to open them, their number of bytes, and what broke them off."""
        start, trouble = self._end, ""
        try:
            for block in blocks:
                with self._lock:
                    self._file.seek(self._end)
                    self._file.write(block)
                    self._end += len(block)
                if self._end - start > MOST_BYTES:
                    raise TornError(f"is larger than {MOST_BYTES:,} bytes")
        except OSError as error:
            trouble = str(error)
        size = self._end - start
        return lambda: Window(lambda at, n: self._fetch(start + at, n), size, leave), size, trouble

    def _fetch(self, at: int, most: int) -> bytes:
        with self._lock:
            self._file.seek(at)
            return self._file.read(most)
