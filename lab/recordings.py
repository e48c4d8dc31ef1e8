"""What the lab keeps of a scenario: what CI would have kept, and the truth beside it."""

from __future__ import annotations

import io
import json
import lzma
import re
import socket
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

RECORDINGS = Path(__file__).parent / "recordings"
PLACES = re.compile(rb"/process_api/[0-9a-f]+|/(?:system|user)\.slice/[^\s,]*(?=/job-)")


@dataclass(frozen=True, slots=True)
class Recording:
    """A scenario that was run: `runs` are folders to be examined, in the order they were made."""

    name: str
    truth: Mapping[str, Any]
    runs: Sequence[Path]

    @property
    def split(self) -> str:
        """The half it belongs to: `train` or `test`."""
        return str(self.truth["split"])

    @property
    def product(self) -> str:
        """The product whose suite it is: figures are to be grouped by it."""
        return str(self.truth["product"])


def files() -> list[Path]:
    """List the recordings."""
    return sorted(RECORDINGS.glob("*.tar.xz"))


@contextmanager
def unpacked(file: Path) -> Iterator[Recording]:
    """Unpack a recording for as long as it is looked at."""
    with TemporaryDirectory() as folder:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        yield opened(Path(folder), file.name.removesuffix(".tar.xz"))


def opened(folder: Path, name: str) -> Recording:
    """Return the recording that lies in a folder."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return Recording(name, truth, [folder / "runs" / label for label in truth["runs"]])


def load(split: str = "") -> Iterator[Recording]:
    """Yield the recordings one by one, of one half or of both; its files are gone at the next."""
    for file in files():
        with unpacked(file) as recording:
            if split in ("", recording.split):
                yield recording


def scrubbed(data: bytes) -> bytes:
    """Take this machine's names off what a run left."""
    return PLACES.sub(b"", data).replace(sys.base_prefix.encode() + b"/", b"/usr/local/")


def traces(data: bytes) -> list[bytes]:
    """Return what in a recording still tells of the machine that made it."""
    here = {str(Path(__file__).parent.parent), sys.prefix, sys.base_prefix + "/lib"} - {
        "/usr/lib",
        "/usr/local/lib",
    }
    named = {name.encode() for name in here if len(name) > 4}
    host = socket.gethostname().encode()
    if len(host) > 4 and host != b"runner" and re.search(rb"\b" + re.escape(host) + rb"\b", data):
        named.add(host)
    return [name for name in named if name in data]


def pack(name: str, truth: Mapping[str, Any], runs: Mapping[str, Path], folder: Path) -> Path:
    """Write a recording: the same files give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(truth, indent=1, sort_keys=False) + "\n"
    kept = {"truth.json": text.encode()}
    for label, run in runs.items():
        for file in sorted(run.iterdir()):
            if file.is_file() and file.name != "meta.json":
                kept[f"runs/{label}/{file.name}"] = scrubbed(file.read_bytes())
    target = folder / f"{name}.tar.xz"
    with lzma.open(target, "wb", preset=9) as out, tarfile.open(fileobj=out, mode="w") as archive:
        for path, data in kept.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return target
