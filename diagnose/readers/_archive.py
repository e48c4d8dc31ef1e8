"""What a user named, as files to be read: a file, a folder, an archive, standard input."""

import re
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from diagnose.model import Problem, Source
from diagnose.readers import _tar, _zip
from diagnose.readers._file import BLOCK, File, OnDisk
from diagnose.readers._streams import Budget, Decoded, Meter, Spool, Stream, Window

MAGIC = {
    "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06)"),
    "gz": re.compile(rb"\x1f\x8b\x08"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "bz2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "zst": re.compile(rb"\x28\xb5\x2f\xfd"),
}
MOST_MEMBERS = 100_000
DEEPEST_ARCHIVE, DEEPEST_FOLDER = 3, 32
LONGEST_LABEL = 400
LITTER = ("__MACOSX", ".DS_Store")


def expand(path: str | Path, name: str) -> Iterator[File | Problem]:
    """Yield the files that a path stands for, each to be opened as often as one likes."""
    if str(path) == "-":
        stdin: BinaryIO | None = getattr(sys.stdin, "buffer", None)  # None where it was closed
        yield from _passing(name, stdin) if stdin else [Problem(Source(name), "is closed")]
        return
    path = Path(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _Folder(path, name).files(path, name)
        elif stat.S_ISREG(mode):
            yield from _on_disk(path, name)
        elif stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            yield Problem(Source(name), "is a device, which may have no end")
        else:
            with path.open("rb") as stream:
                yield from _passing(name, stream)
    except (OSError, ValueError) as error:
        yield _unopened(name, error)


def _on_disk(path: Path, name: str) -> Iterator[File | Problem]:
    size = path.stat().st_size
    yield from _Opener(Budget(size)).files(File(name, OnDisk(path), size))


def _passing(name: str, stream: BinaryIO) -> Iterator[File | Problem]:
    """Keep what can be read but once: a pipe."""
    spool = Spool()
    reopen, size, trouble = spool.keep(iter(lambda: stream.read(BLOCK), b""))
    yield from _Opener(Budget(size), spool).files(File(name, _binary(reopen), size))
    if trouble:
        yield Problem(Source(name), trouble)


def _unopened(name: str, error: Exception) -> Problem:
    why = error.strerror if isinstance(error, OSError) else None
    return Problem(Source(name), f"could not be opened: {why or error}")


def _binary(reopen: Callable[[], Stream]) -> Callable[[], BinaryIO]:
    # The streams read as a file does, but typeshed's buffered classes do not derive from BinaryIO.
    return lambda: cast(BinaryIO, reopen())


@dataclass
class _Folder:
    """Walks a folder; a name that begins with a dot is not meant for us."""

    root: Path
    name: str
    seen: int = 0

    def files(self, folder: Path, name: str, depth: int = 0) -> Iterator[File | Problem]:
        """Yield the files in a folder, in the order of their names."""
        try:
            paths = sorted(path for path in folder.iterdir() if path.name[0] != ".")
        except OSError as error:
            yield _unopened(name, error)
            return
        for path in paths:
            if path.name in LITTER or self.seen > MOST_MEMBERS:
                continue
            yield from self._entry(path, f"{name}/{label(path.name)}", depth)

    def _entry(self, path: Path, name: str, depth: int) -> Iterator[File | Problem]:
        self.seen += 1
        if self.seen > MOST_MEMBERS:
            yield Problem(Source(self.name), f"has more than {MOST_MEMBERS:,} files")
            return
        try:
            if path.is_symlink() and not self._is_hidden_here(path.resolve()):
                return
            mode = path.stat().st_mode
            if stat.S_ISREG(mode):
                yield from _on_disk(path, name)
            elif stat.S_ISDIR(mode) and depth >= DEEPEST_FOLDER:
                yield Problem(Source(name), "lies too deep to be read")
            elif stat.S_ISDIR(mode):
                yield from self.files(path, name, depth + 1)
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before 3.13
            yield _unopened(name, error)

    def _is_hidden_here(self, target: Path) -> bool:
        """Say whether a link leads to a file of this folder that the walk itself does not meet."""
        root = self.root.resolve()
        if not target.is_relative_to(root) or target.is_dir():
            return False
        return any(part.startswith(".") for part in target.relative_to(root).parts)


@dataclass
class _Opener:
    """Opens archives, and those within them, on one budget and with one store."""

    budget: Budget
    spool: Spool = field(default_factory=Spool)

    def files(self, file: File, depth: int = 0) -> Iterator[File | Problem]:
        """Yield the file, or what is in it."""
        try:
            head = file.head(_tar.BLOCK)
        except OSError as error:
            yield Problem(Source(file.path), error.strerror or str(error))
            return
        kind = _kind(head)
        if not kind or (kind == "zip" and _zip.is_package(head)):
            yield file
        elif depth >= DEEPEST_ARCHIVE:
            yield Problem(Source(file.path), "is an archive within too many archives")
        elif kind in ("zip", "tar"):
            yield from self._members(file, kind, depth)
        else:
            yield from self._unpacked(file, kind, depth)

    def _unpacked(self, file: File, codec: str, depth: int) -> Iterator[File | Problem]:
        meter = Meter(self.budget)
        open_ = _binary(lambda: Decoded(file.open(), codec, meter))
        plain = replace(file, open=open_, size=0)
        try:
            is_tar = _kind(plain.head(_tar.BLOCK)) == "tar"
        except OSError as error:
            yield Problem(Source(file.path), error.strerror or str(error))
            return
        yield from self.files(plain, depth if is_tar else depth + 1)

    def _members(self, file: File, kind: str, depth: int) -> Iterator[File | Problem]:
        """Yield what is in a zip or tar; one that can't be sought in is stored first."""
        names: dict[str, int] = {}
        trouble = ""
        for member in self._listed(file, kind):
            if isinstance(member, str):
                trouble = trouble or member
            elif isinstance(member, Problem):
                yield member
            elif not _is_litter(member.path):
                path = f"{file.path}!{_unique(label(member.path), names)}"
                yield from self.files(replace(member, path=path), depth + 1)
        if trouble:
            yield Problem(Source(file.path), trouble)

    def _listed(self, file: File, kind: str) -> Iterator[File | Problem | str]:
        """List the members as far as the archive goes, and as is sensible."""
        try:
            file, trouble = self._seekable(file)
            if trouble:
                yield trouble
            for member in self._zipped(file) if kind == "zip" else self._tarred(file):
                self.budget.members += 1
                if self.budget.spent:
                    yield "unpacks to too much, the rest was left out"
                    break
                if self.budget.members > MOST_MEMBERS:
                    yield f"has more than {MOST_MEMBERS:,} members, the rest was left out"
                    break
                yield member
        except OSError as error:
            yield str(error)

    def _seekable(self, file: File) -> tuple[File, str]:
        with file.open() as stream:
            if stream.seekable():
                return file, ""
        reopen, size, trouble = self.spool.keep(file.blocks())
        return replace(file, open=_binary(reopen), size=size), trouble

    def _zipped(self, file: File) -> Iterator[File | Problem | str]:
        with file.open() as stream:
            for entry in _zip.entries(stream, file.size, self.budget):
                path = f"{file.path}!{label(entry if isinstance(entry, str) else entry.name)}"
                if isinstance(entry, str):
                    yield entry
                elif entry.encrypted:
                    yield Problem(Source(path), "is encrypted")
                elif entry.method not in _zip.METHODS:
                    yield Problem(Source(path), f"is packed in an unknown way ({entry.method})")
                else:
                    yield self._zip_member(file, entry)

    def _zip_member(self, file: File, entry: _zip.Entry) -> File:
        meter = Meter(self.budget)
        open_ = _binary(lambda: _zip.data(file.open(), entry, meter))
        return replace(file, path=entry.name, open=open_, size=max(0, entry.size))

    def _tarred(self, file: File) -> Iterator[File | Problem | str]:
        with file.open() as stream:
            for entry in _tar.entries(stream):
                if isinstance(entry, str):
                    yield entry
                elif entry.sparse:
                    path = f"{file.path}!{label(entry.name)}"
                    yield Problem(Source(path), "is stored as a sparse file, which is not read")
                else:
                    yield self._tar_member(file, entry)

    def _tar_member(self, file: File, entry: _tar.Entry) -> File:
        open_ = _binary(lambda: Window.of(file.open(), entry.start, entry.size))
        return replace(file, path=entry.name, open=open_, size=entry.size)


def _kind(head: bytes) -> str:
    for kind, magic in MAGIC.items():
        if magic.match(head):
            return kind
    return "tar" if len(head) == _tar.BLOCK and _tar.header(head) else ""


def label(name: str) -> str:
    """Make a name from an archive one that can be shown: it leads nowhere, and fits on a line."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    text = "/".join(parts).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[^ -~\xa1-\U0010ffff]", "?", text)[-LONGEST_LABEL:] or "?"


def _is_litter(name: str) -> bool:
    return any(part in LITTER for part in name.split("/"))


def _unique(name: str, names: dict[str, int]) -> str:
    """Tell members of one name apart: `a.xml`, `a.xml#2`."""
    number = names.get(name, 0) + 1
    names[name] = number
    if number == 1:
        return name
    return _unique(f"{name}#{number}", names)
