"""The members of a tar, found header by header: in bounded memory, up to where it is torn."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BLOCK = 512
MOST_NAME = 1 << 16  # what is read of an extended header
REGULAR = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
EXTENDED = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)


class Entry(NamedTuple):
    """A file of a tar: its bytes stand there as they are, from `start`."""

    name: str
    start: int
    size: int
    sparse: bool = False


def header(block: bytes) -> tarfile.TarInfo | None:
    """Return what a block says if it is a header; its checksum tells."""
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError, OverflowError):
        return None


def entries(stream: BinaryIO) -> Iterator[Entry | str]:
    """Yield the files of a tar, and a complaint where it breaks off."""
    at = 0
    said: dict[str, str] = {}
    while block := _block(stream, at, BLOCK):
        info = header(block)
        if info is None or info.size < 0:
            if block.strip(b"\0"):
                yield "is damaged: no header where the next member should begin"
            return
        start, at = at + BLOCK, at + BLOCK
        if info.type not in (tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE):
            size = _number(said.get("size"), info.size)
            at += -(-size // BLOCK) * BLOCK
        if info.type in EXTENDED:
            said |= _records(_block(stream, start, min(info.size, MOST_NAME)))
        elif info.type == tarfile.GNUTYPE_LONGNAME:
            long = _block(stream, start, min(info.size, MOST_NAME))
            said["path"] = long.split(b"\0")[0].decode("utf-8", "replace")
        elif info.type not in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            sparse = info.type == tarfile.GNUTYPE_SPARSE or any("sparse" in key for key in said)
            if info.type in REGULAR or sparse:
                yield Entry(said.get("path", info.name), start, size, sparse)
            said = {}
    yield "breaks off before its end"


def _block(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else default


def _records(data: bytes) -> dict[str, str]:
    """Read the records of a pax header: `25 path=a/long/name\\n`."""
    said: dict[str, str] = {}
    while data:
        number = data[:20].split(b" ", 1)[0]
        length = int(number) if number.isdigit() else 0
        if not len(number) + 1 < length <= len(data):
            break
        key, _, value = data[len(number) + 1 : length].decode("utf-8", "replace").partition("=")
        said[key] = value.removesuffix("\n")
        data = data[length:]
    return said
