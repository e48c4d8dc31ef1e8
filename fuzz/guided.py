"""Look for what breaks by way of coverage: `python -m fuzz.guided`; exit code 1 where it is found.

Each reader and each report is a subject of its own. Needs atheris, without which it is skipped.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from diagnose.readers import READERS
from fuzz.mutations import WORDS
from fuzz.seeds import FINDS, ROOT, seeds
from fuzz.shrink import shrunk
from fuzz.subjects import SINGLE
from fuzz.tally import keep
from fuzz.trial import Find, Input, tried

SKIPPED = "skipped: needs atheris (pip install 'diagnose[fuzz]'; Linux on x86_64)"
FOLDER = ROOT / "build" / "fuzz"
SAVED = ROOT / "sample_reports"
REPORT = b'"schema": "diagnose/1"'
LARGEST = 1 << 16  # bytes of a seed
PATIENCE, SLACK = 120.0, 3  # seconds to begin; times as long as they were told to take
EXPLORE = (sys.executable, "-m", "fuzz.explore")
FIGURES = (
    re.compile(r"(?:^#|stat::number_of_executed_units: +)(\d+)", re.MULTILINE),
    re.compile(r"\bcov: (\d+)"),
    re.compile(r"\brss: (\d+)Mb"),
)
LAST = 1500  # characters of a log


class Explored(NamedTuple):
    """What came of a subject: inputs, ways that they took, peak MB, what broke it, and its log."""

    name: str
    inputs: int
    ways: int
    peak: int
    found: list[Find]
    log: str


def main(words: Sequence[str] | None = None) -> int:
    """Explore all subjects, keep what breaks them, and print the figures."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that those who work end too
    options = _options(words)
    if not find_spec("atheris"):
        print(f"guided by coverage: {SKIPPED}")
        return 0
    begun = time.monotonic()
    explored = explore(options.only or SINGLE, options)
    finds = list(confirmed(explored))
    for find in finds:
        keep(shrunk(find), options.finds)
    for one in explored:
        print(f"{one.name:22} {one.inputs:>9,} inputs {one.ways:>7,} ways {one.peak:>5} MB")
    cut = [one for one in explored if not one.found and "\nDone " not in one.log]
    for one in cut:
        print(f"{one.name} was not tried to the end:\n{one.log[-LAST:]}", file=sys.stderr)
    number, seconds = sum(one.inputs for one in explored), time.monotonic() - begun
    print(
        f"{number:,} inputs guided by coverage in {seconds:.0f} s by the clock, {len(finds)} finds"
    )
    return int(bool(finds or cut))


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz.guided", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for all of them; 60 unless said")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0, help="another each time, unless said")
    parser.add_argument("--only", action="append", choices=SINGLE, help="this subject")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the ways found are kept")
    parser.add_argument("--finds", type=Path, default=FINDS, help="where finds are kept")
    return parser.parse_args(words)


def explore(names: Sequence[str], options: argparse.Namespace) -> list[Explored]:
    """Give each subject its share of the time, in processes that end with ours."""
    seconds = max(1, int(options.seconds * options.jobs / len(names)))
    for name in names:
        _prepare(name, options.folder / name)
    numbers = map(str, (options.jobs, seconds, options.seed))
    command = (*EXPLORE, *numbers, str(options.folder), *names)
    process = subprocess.Popen(command, start_new_session=True)
    try:
        process.wait(PATIENCE + SLACK * seconds * len(names) / options.jobs)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return [_explored(name, options.folder / name) for name in names]


def _prepare(name: str, folder: Path) -> None:
    """Lay out what a subject begins with; what broke it another day is not found today."""
    for part in ("corpus", "seeds"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for old in folder.glob("found-*"):
        old.unlink()
    (folder / "log").write_text("")
    words = ("".join(f"\\x{byte:02x}" for byte in word) for word in WORDS)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in words))
    for path in known(name):
        data = path.read_bytes()
        (folder / "seeds" / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)


def known(name: str) -> Iterator[Path]:
    """Yield the sound files that a subject takes for its own."""
    stage, _, member = name.partition(".")
    for path in seeds([SAVED] if stage == "reports" else ()):
        head = path.read_bytes()[:LARGEST]
        ours = REPORT in head if stage == "reports" else READERS[member].recognises(head)
        if ours and path.stat().st_size <= LARGEST:
            yield path


def _explored(name: str, folder: Path) -> Explored:
    log = (folder / "log").read_text("utf-8", "replace")
    inputs, ways, peak = (max(map(int, figure.findall(log)), default=0) for figure in FIGURES)
    found = [
        Find(Input(path.read_bytes(), path.name, name), log[-LAST:])
        for path in sorted(folder.glob("found-*"))
    ]
    return Explored(name, inputs, ways, peak, found, log)


def confirmed(explored: Iterable[Explored]) -> Iterator[Find]:
    """Yield what breaks again, in a process without atheris; of a slow machine, nobody is told."""
    for suspect in [each for one in explored for each in one.found]:
        (told,) = tried([suspect.input])
        if isinstance(told, Find):
            yield told
        elif suspect.input.origin.startswith("found-crash"):
            yield suspect  # it takes what came before, and is no less a bug for that


if __name__ == "__main__":
    sys.exit(main())
