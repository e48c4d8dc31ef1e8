"""What the lab keeps of a scenario: what CI would have kept, and the truth beside it."""

from __future__ import annotations

import io
import json
import lzma
import re
import socket
import sys
import tarfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lab.scenario import ScenarioError

RECORDINGS = Path(__file__).parent / "recordings"
KINDS = {"junit.xml": "junit", "console.log": "console", "kernel.log": "kernel"}
SERVICE = "service"  # every other log
PLACES = re.compile(rb"(?<![\w/])/[^\s,:=]+(?=/job-\d)")  # the groups that ours is in


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

    def named(self, kinds: Collection[str] = ()) -> list[str]:
        """Name the runs for `diagnose`: whole folders, or files of these kinds alone.

        Where a log is left out that would tell it, the number of workers is stated.
        """
        if not kinds:
            return [str(run) for run in self.runs]
        names = []
        for run in self.runs:
            kept = [f for f in sorted(run.iterdir()) if KINDS.get(f.name, SERVICE) in kinds]
            workers = max(1, self.truth["runs"][run.name]["workers"])
            if kept:
                names.append(f"{run.name}={','.join(map(str, kept))}@{workers}")
        return names


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


def insist_nameless(path: str, data: bytes) -> None:
    """Refuse what tells on which machine it was made."""
    here = {str(Path(__file__).parent.parent), sys.prefix, sys.base_prefix} - {"/usr", "/usr/local"}
    host = re.escape(socket.gethostname())
    known = "|".join([*map(re.escape, sorted(here)), rf'hostname="{host}"'])
    if found := re.search(known.encode(), data):
        raise ScenarioError(f"{path} tells of this machine: {found[0].decode()}")


def pack(name: str, truth: Mapping[str, Any], runs: Mapping[str, Path], folder: Path) -> Path:
    """Write a recording: the same files give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(truth, indent=1, sort_keys=False) + "\n"
    kept = {"truth.json": text.encode()}
    for label, run in runs.items():
        for file in sorted(run.iterdir()):
            if file.is_file() and file.name != "meta.json":
                data = scrubbed(file.read_bytes())
                insist_nameless(f"{name}: {label}/{file.name}", data)
                kept[f"runs/{label}/{file.name}"] = data
    target = folder / f"{name}.tar.xz"
    with lzma.open(target, "wb", preset=9) as out, tarfile.open(fileobj=out, mode="w") as archive:
        for path, data in kept.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return target
