"""A file to be read, wherever it lies: on disk, in an archive, or on standard input."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

BLOCK = 1 << 20  # smaller blocks make expat < 2.6 quadratic on huge attributes


class TornError(OSError):
    """What is packed or cut off can't be read on; what was read before it stands."""


def _silent(_: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Opens a file that lies on a disk: any process can."""

    path: Path

    def __call__(self) -> BinaryIO:
        """Open it."""
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class File:
    """A name as the user knows it, and a way to open it; `progress` hears of the bytes read.

    `jobs` is how many processes may work on it.
    """

    path: str
    open: Callable[[], BinaryIO]
    size: int = 0
    progress: Callable[[int], None] = _silent
    jobs: int = 1

    def alone(self) -> "File":
        """Return it for another process, which works on it by itself."""
        return replace(self, progress=_silent, jobs=1)

    @classmethod
    def of(cls, data: bytes, path: str = "input") -> "File":
        """Make a file of what is in memory."""
        return cls(path, lambda: io.BytesIO(data), len(data))

    def blocks(self, size: int = BLOCK) -> Iterator[bytes]:
        """Yield the bytes of the file, a block at a time."""
        with self.open() as stream:
            while block := stream.read(size):
                self.progress(len(block))
                yield block

    def head(self, size: int = 1 << 16) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)


class Quiet(io.BufferedIOBase, BinaryIO):
    """A file whose end is where it can't be read any further; `torn` hears why."""

    def __init__(self, open_it: Callable[[], BinaryIO], torn: list[OSError]) -> None:
        self._torn = torn
        self._stream: BinaryIO = io.BytesIO()
        try:
            self._stream = open_it()
        except OSError as error:
            torn.append(error)

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes, or none where they can't be had."""
        try:
            return self._stream.read(-1 if size is None else size)
        except OSError as error:
            if not self._torn:
                self._torn.append(error)
            return b""

    def close(self) -> None:
        """Close the file beneath."""
        self._stream.close()
        super().close()
