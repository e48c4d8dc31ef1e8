"""Makes the inputs, always the same, once: `python -m bench.data FOLDER MEGABYTES...`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from bench import console, junit, kernel
from bench.patterns import PATTERNS
from diagnose.readers._kernel_regions import words

VERSION = 2  # to be raised when what is written changes: old files are then left alone
TINY = 10_000
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "diagnose-bench"
UNITS = {"MB": 1, "GB": 1000}


def prepare(folder: Path, sizes: Iterable[int]) -> None:
    """Write what is not there yet, in every size (in MB)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "patterns").write_text("".join(f"{_plain(pattern)}\n" for pattern in PATTERNS))
    (folder / "words").write_bytes(b"".join(word + b"\n" for word in words()))
    _write(named(folder, "junit", 0), junit.report(TINY, 0.02))
    _write(named(folder, "kernel", 0), kernel.log(TINY))
    _write(named(folder, "console", 0), console.log(TINY))
    for size in sizes:
        _write(named(folder, "junit", size), junit.report(size * 10**6, 0.02))
        _write(named(folder, "passing", size), junit.report(size * 10**6, 0))
        _write(named(folder, "kernel", size), kernel.log(size * 10**6))
        _write(named(folder, "console", size), console.log(size * 10**6))


def megabytes(text: str) -> int:
    """Understand `100`, `100MB` or `1GB`."""
    number, unit = (text[:-2], text[-2:].upper()) if not text.isdecimal() else (text, "MB")
    if unit not in UNITS or not number.isdecimal() or not int(number):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 100MB or 1GB")
    return int(number) * UNITS[unit]


def named(folder: Path, kind: str, size: int) -> Path:
    """Name the file of a kind and size."""
    return folder / f"{kind}-{size}MB-v{VERSION}.{'xml' if kind in ('junit', 'passing') else 'log'}"


def _plain(pattern: str) -> str:
    """Take out names of groups, which must differ within ripgrep's one regex; bind the flags."""
    pattern = re.sub(r"\(\?P<\w+>", "(?:", pattern)
    return f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else pattern


def _write(path: Path, texts: Iterable[str]) -> None:
    if path.exists():
        return
    torn = path.with_suffix(".torn")
    with torn.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as stream:
        stream.writelines(texts)
    os.replace(torn, path)  # noqa: PTH105 - the same words as in every manual


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), map(int, sys.argv[2:]))
