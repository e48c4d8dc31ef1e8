"""Other tools on the same files: `python -m bench.peers`; `make peers` installs them first."""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bench.comparison import RUNS, compared
from bench.contenders import BARE, CHECKOUTS, HOME, KINDS, RUNS_COMPARED, Kind, compare, starting
from bench.data import CACHE, megabytes
from bench.page import page
from bench.pages import WHY, opened
from bench.plot import plot
from bench.rounds import interleaved
from bench.tables import Table, kept, label
from bench.versions import machine, versions

PYTHON = ("junit2html", "lxml", "junitparser")
NODE = ("junit-to-ctrf", "xunit-viewer", "allure-commandline")
LIMIT = 420  # CPU seconds; what needs more is listed with that
STARTS = 3  # times as many rounds for what is over so soon
START = Kind("Start", "start", BARE, lambda *_: {})
COMPARED = Kind(RUNS, "runs", RUNS_COMPARED, lambda *_: {})


def main(words: Sequence[str] | None = None) -> int:
    """Prepare the data, give each tool its turns, and write the page."""
    options, ran_on = options_of(words), machine()
    folder: Path = options.cache
    for made in (("bench.data", folder, *options.sizes), ("bench.comparison", folder / "runs")):
        # in processes of their own: what we hold counts as everyone's
        subprocess.run([sys.executable, "-m", *map(str, made)], check=True)
    for name in ("out", HOME):
        (folder / name).mkdir(exist_ok=True)
    if options.install:
        install(folder)
    tables = measured(options)
    text = page(
        tables,
        kept(tables),
        plot=options.write.stem if options.write else "",
        machine=ran_on,
        never=WHY,
        words=words_of(options),
        versions=", ".join(versions((*PYTHON, *NODE), folder / "peers", dict(options.checkout))),
    )
    if options.write:
        written(tables, text, options.write)
    print(text)
    return 0


def measured(options: argparse.Namespace) -> list[Table]:
    """Let all who read a kind of file and size take turns, kind by kind, the smallest first."""
    folder, tables = options.cache, []
    for kind in KINDS:
        for size in sorted(set(options.sizes)):
            wanted = kind.contenders(folder, size, dict(options.checkout))
            costs, absent = interleaved(wanted, options.rounds, options.limit)
            pages = opened({name: wanted[name] for name in costs}, options.rounds)
            tables.append(Table(kind, size, costs, absent, pages))
    runs = compare(compared(folder / "runs"), folder / "out" / "runs.json")
    tables.append(Table(COMPARED, 0, *interleaved(runs, options.rounds)))
    return [*tables, Table(START, 0, *interleaved(starting(folder), STARTS * options.rounds))]


def written(tables: Sequence[Table], text: str, path: Path) -> None:
    """Write the page, and beside it a plot of each kind that was measured in several sizes."""
    for kind, of_kind in groupby(tables, lambda table: table.kind):
        some = list(of_kind)
        if len(some) > 1:
            path.with_name(f"{path.stem}-{kind.data}.svg").write_text(plot(some), "utf-8")
    path.write_text(text, "utf-8")


def install(folder: Path) -> None:
    """Fetch the other tools from their registries into a folder; what can't be had is left out."""
    env = folder / "peers"
    if not (env / "bin" / "python").exists():
        venv.create(env, with_pip=True, symlinks=True)
    for command in (
        (str(env / "bin" / "python"), "-m", "pip", "install", "--quiet", *PYTHON),
        ("npm", "install", "--silent", "--no-fund", "--prefix", str(env), *NODE),
    ):
        try:
            subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"not all peers could be installed: {error}", file=sys.stderr)


def options_of(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Understand the words of a command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    add = parser.add_argument
    add("--sizes", type=megabytes, nargs="+", default=[1, 10, 100], help="100, 100MB, 1GB ...")
    add("--rounds", type=int, default=3, help="how often each contender runs")
    add("--limit", type=int, default=LIMIT, help="CPU seconds, after which one is given up")
    add(
        "--checkout",
        type=_checkout,
        action="append",
        default=[],
        metavar="NAME=DIR",
        help=f"where {' or '.join(CHECKOUTS)} lies, which is in no registry",
    )
    add("--cache", type=Path, default=CACHE, help=f"where data and peers lie: {CACHE}")
    add("--install", action="store_true", help="fetch the other tools first")
    add("--write", type=Path, help="write the page there, and its plots beside it")
    return parser.parse_args(words)


def words_of(options: argparse.Namespace) -> str:
    """Say again what was asked for, without the places of this machine."""
    sizes = " ".join(label(size).replace(" ", "") for size in options.sizes)
    checkouts = (f" --checkout {name}=DIR" for name, _ in options.checkout)
    return f"--sizes {sizes} --rounds {options.rounds}{''.join(checkouts)}"


def _checkout(text: str) -> tuple[str, Path]:
    name, _, folder = text.partition("=")
    if name not in CHECKOUTS or not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is not {' or '.join(CHECKOUTS)}=FOLDER")
    return name, Path(folder).resolve()


if __name__ == "__main__":
    sys.exit(main())
