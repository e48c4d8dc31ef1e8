"""Other tools on the same files: `python -m bench.peers`; `make peers` installs them first."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from bench.comparison import RUNS, compared
from bench.data import named
from bench.page import page
from bench.rounds import Contender, interleaved
from bench.targets import OURS, WORK

PYTHON = ("junit2html", "lxml", "junitparser")
NODE = ("junit-to-ctrf", "xunit-viewer", "allure-commandline")
LIMIT = 240.0  # seconds of the clock; what needs more is listed as too slow
FULL = "diagnose, read, judged, to HTML"


def contenders(folder: Path, size: int) -> dict[str, Contender]:
    """List what is done with a report of that many MB: by us, by loops, by other tools."""
    report, out = str(named(folder, "junit", size)), folder / "out"
    env = folder / "peers"
    python, node = str(env / "bin" / "python"), env / "node_modules" / ".bin"
    results = _alone(folder, size)
    return {
        FULL: Contender((*OURS, "analyze", report, "-q", "-o", str(out / "ours.html"))),
        "diagnose, read, judged, to JSON": Contender(
            (*OURS, "analyze", report, "-q", "-o", str(out / "ours.json"))
        ),
        "diagnose, reading alone": Contender((*WORK, "read", report)),
        "expat, a table of tests": Contender((*WORK, "expat_table", report)),
        "lxml.iterparse, a table of tests": Contender(
            (python, "-m", "bench.work", "lxml_table", report), python
        ),
        "junitparser, loading alone": Contender((*WORK, "junitparser", report), "junitparser"),
        "junit2html, to HTML": Contender(
            (python, "-m", "junit2htmlreport", report, str(out / "j2h.html")), python
        ),
        "junit-to-ctrf, to JSON": _node(node / "junit-to-ctrf", report, "-o", out / "ctrf.json"),
        "xunit-viewer, to HTML": _node(node / "xunit-viewer", "-r", report, "-o", out / "xv.html"),
        "Allure 2, to a folder of HTML": _node(
            node / "allure", "generate", results, "--clean", "-o", out / "allure"
        ),
    }


def _node(tool: Path, *words: str | Path) -> Contender:
    return Contender((str(tool), *map(str, words)), str(tool))


def _alone(folder: Path, size: int) -> Path:
    """Give a report a folder of its own, as some tools want it."""
    results = folder / f"results-{size}MB"
    results.mkdir(exist_ok=True)
    link = results / "report.xml"
    if not link.exists():
        os.link(named(folder, "junit", size), link)
    return results


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


def main() -> int:
    """Prepare the data, give each tool its turns, and write the page."""
    options = _options()
    folder: Path = options.cache
    make = [sys.executable, "-m", "bench.data", str(folder), *map(str, options.sizes)]
    subprocess.run(make, check=True)
    (folder / "out").mkdir(exist_ok=True)
    if options.install:
        install(folder)
    tables = {}
    for size in options.sizes:
        wanted = contenders(folder, size)
        tables[f"{size} MB"] = interleaved(wanted, options.rounds, limit=LIMIT)
    runs = compared(folder / "runs")
    command = (*OURS, "compare", *runs, "-q", "-o", str(folder / "out" / "runs.json"))
    tables[RUNS] = interleaved({"diagnose compare": Contender(command)}, options.rounds)
    text = page(tables, machine(), FULL)
    if options.write:
        options.write.write_text(text, "utf-8")
    print(text)
    return 0


def machine() -> str:
    """Say what this ran on."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def _options(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100], help="in MB")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender runs")
    parser.add_argument("--cache", type=Path, default=Path("build/bench"), help="where data lies")
    parser.add_argument("--install", action="store_true", help="fetch the other tools first")
    parser.add_argument("--write", type=Path, help="write the page there, too")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
