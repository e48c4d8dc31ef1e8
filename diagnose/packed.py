"""Texts that wait, packed, until somebody asks for one: few of them are read at once."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from weakref import finalize

SIZE = 1 << 15  # a pack: more would pack no better, and each text that is asked for costs one
LEVEL = 1  # half a megabyte a millisecond, and a tenth of the size all the same
OPEN = 16  # packs that are kept as they were read: who reads texts reads neighbours

Kind = TypeVar("Kind")
Place = tuple[int, int]  # in a store: from, and how many bytes


class Store:
    """A nameless file, where packs need neither memory nor packing; processes may share it."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile  # 4 ms, for big files only

        # Open for as long as any text is known, so no `with`; `finalize` closes it.
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - see above
        self._end = 0
        finalize(self, self._file.close)

    @classmethod
    def made(cls) -> Store | None:
        """Make one, if there can be one."""
        try:
            return cls() if hasattr(os, "pread") else None
        except OSError:
            return None

    def put(self, data: bytes) -> Place | None:
        """Keep bytes, and say where; nothing where the disk is full."""
        begin = self._end
        try:
            done = os.pwrite(self._file.fileno(), data, begin)
        except OSError:
            return None
        self._end += len(data)
        return (begin, len(data)) if done == len(data) else None

    def get(self, begin: int, size: int) -> bytes:
        """Return what is kept there."""
        return os.pread(self._file.fileno(), size, begin)


class Pack:
    """Some texts as one, packed or in a store; `decode` makes a text of its bytes."""

    __slots__ = ("_data", "_store", "decode")

    def __init__(
        self,
        data: bytes | Place,
        decode: Callable[[bytes], str] = bytes.decode,
        store: Store | None = None,
    ) -> None:
        self._data = data
        self._store = store
        self.decode = decode

    def __reduce__(self) -> tuple[Any, ...]:
        return Pack, (zlib.compress(self.data(), LEVEL), self.decode)

    @lru_cache(OPEN)  # noqa: B019 - so few packs outlive their texts that it does not matter
    def data(self) -> bytes:
        """Return the bytes of all of them."""
        if isinstance(self._data, bytes):
            return zlib.decompress(self._data)
        return self._store.get(*self._data) if self._store else b""


class Part:
    """A text that lies in a pack."""

    __slots__ = ("_begin", "_end", "_pack")

    def __init__(self, pack: Pack, begin: int, end: int) -> None:
        self._pack, self._begin, self._end = pack, begin, end

    def __len__(self) -> int:
        """Count its bytes."""
        return self._end - self._begin

    def data(self) -> bytes:
        """Return its bytes."""
        return self._pack.data()[self._begin : self._end]

    def text(self) -> str:
        """Return what they say."""
        return self._pack.decode(self.data())

    def ending(self, size: int) -> str:
        """Return its last lines, no more than that many bytes of them, or all if it is one line."""
        data = self.data()
        whole = data.find(b"\n", len(data) - size) + 1 if size < len(data) else 0
        return self._pack.decode(data[whole:])

    def cut(self, begin: int, end: int) -> Part:
        """Return a part of it."""
        return Part(self._pack, self._begin + begin, self._begin + end)


class Packer:
    """Puts texts into packs as they come; each gets the number of its pack, and where it begins."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._packs: list[bytes | Place] = []
        self._open: list[bytes] = []
        self._size = 0

    def add(self, text: bytes) -> tuple[int, int]:
        """Take a text, and say where it is."""
        number, begin = len(self._packs), self._size
        self._open.append(text)
        self._size += len(text)
        if self._size >= SIZE:
            self._close()
        return number, begin

    def packs(self) -> tuple[bytes | Place, ...]:
        """Return all packs."""
        if self._open:
            self._close()
        return tuple(self._packs)

    def _close(self) -> None:
        data = b"".join(self._open)
        place = self._store.put(data) if self._store else None
        self._packs.append(place or zlib.compress(data, LEVEL))
        self._open, self._size = [], 0


class _Asked(property):
    """A text that is made when it is asked for; `held` returns it or its `Part`, as it is."""

    held: Callable[[Any], str | Part]


def when_asked(kind: type[Kind]) -> type[Kind]:
    """Let the `text` of a frozen class with slots be a `Part`, which is a text to all who ask."""
    slot: Any = kind.__dict__["text"]
    names: tuple[str, ...] = tuple(kind.__dict__["__slots__"])

    def held(self: Kind) -> str | Part:
        found: str | Part = slot.__get__(self, kind)
        return found

    def text(self: Kind) -> str:
        found = held(self)
        return found if isinstance(found, str) else found.text()

    def state(self: Kind) -> list[Any]:
        return [held(self) if n == "text" else getattr(self, n) for n in names]

    changed: Any = kind
    changed.text = _Asked(text, slot.__set__)
    changed.text.held = held
    changed.__getstate__ = state  # for another process, it stays packed
    return kind


def says(holder: object) -> bool:
    """Say whether something has a text at all."""
    return bool(_held(holder))


def ending(holder: object, size: int) -> str:
    """Return the last lines of the text of something; the rest of them is not even decoded."""
    found = _held(holder)
    return found[-size:] if isinstance(found, str) else found.ending(size)


def _held(holder: object) -> str | Part:
    asked: _Asked = type(holder).__dict__["text"]
    return asked.held(holder)
