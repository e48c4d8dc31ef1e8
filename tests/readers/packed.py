"""Archives for tests, and what comes out of them."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from diagnose.model import Problem, Source
from diagnose.readers._archive import expand
from diagnose.readers._file import File

BODY = b"".join(b"%d: ready to accept connections\n" % number for number in range(400))
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members: dict[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes, name: str = "a") -> tuple[dict[str, bytes], list[Problem]]:
    """Expand bytes; what breaks off in a member counts as its problem, as it does for readers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        path.write_bytes(data)
        return drain(path, name)


def drain(path: str | Path, name: str) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems = []
    for found in list(expand(path, name)):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        assert found.path not in files
        files[found.path], trouble = content(found)
        problems += trouble
        assert content(found)[0] == files[found.path], "a file can be read twice"
    return files, problems


def content(file: File) -> tuple[bytes, list[Problem]]:
    data = b""
    try:
        for block in file.blocks(1 << 14):
            data += block
    except OSError as error:
        return data, [Problem(Source(file.path), str(error))]
    return data, []
