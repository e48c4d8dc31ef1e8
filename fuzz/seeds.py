"""The sound files that inputs are made of, and the finds of former days."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from fuzz.mutations import mutated
from fuzz.trial import Input

ROOT = Path(__file__).parent.parent
FINDS = ROOT / "tests" / "fuzz" / "finds"
OWN = (ROOT / "tests" / "readers", ROOT / "sample_reports" / "inputs", FINDS)
LARGEST = 256 << 10  # bytes of a seed: a big file is damaged in no other way than a small one
SHARE = 0.3  # of the inputs go the whole way to the reports, which takes ten times as long


def seeds(folders: Iterable[Path] = ()) -> list[Path]:
    """List the files below our own folders and those that are given, in a stable order."""
    files = [path for folder in (*OWN, *folders) for path in folder.rglob("*") if path.is_file()]
    plain = {path for path in files if path.suffix not in (".py", ".pyc")}
    return sorted(path for path in plain if path.stat().st_size > 0)


def inputs(files: list[Path], seed: int) -> Iterator[Input]:
    """Yield inputs without end, the same for the same files and seed."""
    draw = random.Random(seed)
    while True:
        path, other = draw.choice(files), draw.choice(files)
        data, names = mutated(_read(path, draw), draw, _read(other, draw))
        subject = "reports" if draw.random() < SHARE else "readers"
        yield Input(data, f"{path.name}: {', '.join(names)}", subject)


def _read(path: Path, draw: random.Random) -> bytes:
    """Return a file, of a big one a part."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size > LARGEST:
            stream.seek(draw.randrange(size - LARGEST))
        return stream.read(LARGEST)
