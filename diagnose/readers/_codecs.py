"""Ways to pack bytes, and what takes it back a bounded piece at a time."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from diagnose.readers._file import TornError

MOST_MEMORY = 256 << 20  # what a decoder may take; `xz -9` needs 65 MiB


class Decoder(Protocol):
    """What `bz2` and `lzma` call a decompressor."""

    @property
    def eof(self) -> bool:
        """Say whether the packed data has come to its own end."""

    @property
    def needs_input(self) -> bool:
        """Say whether more can only come of more input."""

    @property
    def unused_data(self) -> bytes:
        """Return what was fed beyond the end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack a piece."""


class Inflate:
    """Gives `zlib` the manners of the other two."""

    def __init__(self, wbits: int) -> None:
        self._zlib = zlib.decompressobj(wbits)

    eof = property(lambda self: self._zlib.eof)
    needs_input = property(lambda self: not self._zlib.unconsumed_tail)
    unused_data = property(lambda self: self._zlib.unused_data)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack a piece."""
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


class Zstd:
    """Gives `zstandard` the same, in pieces so small that none unpacks to much."""

    def __init__(self) -> None:
        try:
            self._library: Any = import_module("zstandard")
        except ImportError:
            raise TornError("is packed with zstd; pip install 'diagnose[zst]'") from None
        library = self._library.ZstdDecompressor(max_window_size=MOST_MEMORY // 2)
        self._object = library.decompressobj()
        self._packed = self._plain = b""

    eof = property(lambda self: self._object.eof and not self._plain)
    needs_input = property(lambda self: not (self._packed or self._plain))
    unused_data = property(lambda self: self._object.unused_data + self._packed)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack a piece."""
        self._packed += data
        while self._packed and not self._plain and not self._object.eof:
            piece, self._packed = self._packed[:512], self._packed[512:]
            try:
                self._plain = self._object.decompress(piece)
            except self._library.ZstdError as error:
                raise TornError(f"is damaged: {error}") from None
        out, self._plain = self._plain[:max_length], self._plain[max_length:]
        return out


CODECS: dict[str, Callable[[], Decoder]] = {
    "gz": lambda: Inflate(31),
    "deflate": lambda: Inflate(-15),
    "bz2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_MEMORY),
    "zst": Zstd,
}
