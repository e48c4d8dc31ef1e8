"""The members of a zip: by its directory, or header by header where that was torn off."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from diagnose.readers._file import TornError
from diagnose.readers._streams import Budget, Decoded, Meter, Stream, Window, leave

LOCAL = b"PK\3\4"
SIZE_UNKNOWN, ENCRYPTED, UTF8 = 8, 1, 0x800
METHODS = {0: "", 8: "deflate", 12: "bz2", 93: "zst", 95: "xz"}
# Documents and programs are zips too; what is in them was not written by a test run.
PACKAGES = (b"META-INF/", b"[Content_Types].xml", b"mimetype")
MOST_DIRECTORY = 16 << 20
FULL = 0xFFFFFFFF  # the size stands in the directory, which is not there
LONGEST_DESCRIPTOR = 24  # sums and sizes that follow the data of a streamed entry
ODD = (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, OSError)


class Entry(NamedTuple):
    """A file of a zip; `size` and `crc` are -1 where only the data itself can tell."""

    name: str
    header: int
    packed: int
    size: int
    crc: int
    method: int
    encrypted: bool = False


def is_package(head: bytes) -> bool:
    """Say whether this zip is a document or a program, to be left as it is."""
    return head.startswith(LOCAL) and head[30:].startswith(PACKAGES)


def entries(stream: BinaryIO, size: int, budget: Budget) -> Iterator[Entry | str]:
    """Yield the files of a zip, and a complaint where it breaks off."""
    try:
        with zipfile.ZipFile(cast(BinaryIO, _Capped.of(stream, 0, size, leave))) as archive:
            infos = archive.infolist()
    except ODD:
        yield from _walk(stream, size, budget)
        return
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not info.is_dir() and kind in (0, stat.S_IFREG):
            sizes = (info.compress_size, info.file_size, info.CRC)
            encrypted = bool(info.flag_bits & ENCRYPTED)
            yield Entry(info.filename, info.header_offset, *sizes, info.compress_type, encrypted)


def data(stream: BinaryIO, entry: Entry, meter: Meter) -> Stream:
    """Open the data of an entry; the stream is closed with it."""
    try:
        start = _data_start(stream, entry.header)
    except OSError:
        stream.close()
        raise
    window = Window.of(stream, start, entry.packed)
    codec = METHODS[entry.method]
    return _Checked(window, codec, meter, entry) if codec else window


class _Capped(Window):
    """Refuses to read a directory that would not fit into memory."""

    def read(self, size: int | None = -1) -> bytes:
        """Return what is asked for, if it is not too much."""
        if size is not None and size > MOST_DIRECTORY:
            raise TornError("has too large a directory")
        return super().read(size)


class _Checked(Decoded):
    """Compares what was unpacked with what the entry says of it."""

    def __init__(self, source: Stream, codec: str, meter: Meter, entry: Entry) -> None:
        super().__init__(source, codec, meter)
        self._entry = entry
        self._crc = 0

    def pull(self, most: int) -> bytes:
        """Unpack the next bytes, and check the sum at the end."""
        out = super().pull(most)
        self._crc = zlib.crc32(out, self._crc)
        if self._entry.size >= 0 and self.position > self._entry.size:
            raise TornError("is longer than its archive says")
        if not out and self._entry.crc not in (-1, self._crc):
            raise TornError("is damaged: its checksum is wrong")
        return out


def _data_start(stream: BinaryIO, at: int) -> int:
    if at < 0:
        raise TornError("is damaged: it points before its own beginning")
    stream.seek(at)
    header = stream.read(30)
    if len(header) < 30 or not header.startswith(LOCAL):
        raise TornError("is damaged: no data where its archive says")
    name, extra = struct.unpack("<HH", header[26:])
    return at + 30 + int(name) + int(extra)


def _walk(stream: BinaryIO, size: int, budget: Budget) -> Iterator[Entry | str]:
    """Find the entries from the first on; their directory stands at the end, and is not there."""
    at = 0
    while (header := _read(stream, at, 30)).startswith(LOCAL) and len(header) == 30:
        flags, method, crc, packed, plain, length, extra = struct.unpack("<6xHH4xIIIHH", header)
        name = stream.read(length).decode("utf-8" if flags & UTF8 else "cp437", "replace")
        entry = Entry(name, at, packed, plain, crc, method, bool(flags & ENCRYPTED))
        at += 30 + length + extra
        if flags & SIZE_UNKNOWN or FULL in (packed, plain):
            window = Window.of(stream, at, max(0, size - at), leave)
            packed = _measure(window, METHODS.get(method, ""), Meter(budget))
            entry = entry._replace(packed=packed, size=-1, crc=-1)
        if not name.endswith("/"):
            yield entry
        at += entry.packed
        at += max(0, _read(stream, at, LONGEST_DESCRIPTOR + len(LOCAL)).find(LOCAL))
    yield "breaks off before its end, or is damaged: it has no directory"


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)


def _measure(window: Window, codec: str, meter: Meter) -> int:
    """Unpack data to see how long it is; what has no end of its own is all the rest."""
    decoded = Decoded(window, codec, meter)
    try:
        while codec and decoded.read(1 << 20):
            pass
    except OSError:
        codec = ""
    return decoded.consumed if codec else window.size
