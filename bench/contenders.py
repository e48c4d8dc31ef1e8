"""Who takes part in `bench.peers`, by what is read: ourselves, bare loops, other tools."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from bench.data import named
from bench.patterns import PATTERNS
from bench.rounds import Contender
from bench.targets import OURS, WORK, small

Contenders = dict[str, Contender]
Checkouts = Mapping[str, Path]
PUBLISH = "publish-unit-test-result-action"
CHECKOUTS = (PUBLISH,)  # these are in no registry
LARGE = 200  # MB, above which only those take part whose memory is known to be bounded
TO_HTML, TO_JSON = "diagnose, read, judged, to HTML", "diagnose, read, judged, to JSON"
READ = "diagnose, reading alone"
SCANNED = f"diagnose, {len(PATTERNS)} patterns, one core"
JUNITPARSER = "junitparser, loading alone"
CTRF, ALLURE = "junit-to-ctrf, to JSON", "Allure 2, to a folder of HTML"
PUBLISHED = f"{PUBLISH}, to its summary"
SCANNED_BY_TWO = "diagnose, the same, two cores"
RIPGREP = "ripgrep, the same patterns"
BARE = "a bare Typer program, --help"
HOME = "lnav"  # where lnav, which would litter in any other place, has its home
RUNS_COMPARED = "diagnose compare, to JSON"


class Kind(NamedTuple):
    """A kind of file, who reads it, and whose CPU seconds all others are divided by."""

    title: str
    data: str
    ours: str
    contenders: Callable[[Path, int, Checkouts], Contenders]


def reports(folder: Path, size: int, checkouts: Checkouts) -> Contenders:
    """List who reads a JUnit report of that many MB."""
    report, out = str(named(folder, "junit", size)), folder / "out"
    html, json = out / "ours.html", out / "ours.json"
    bounded = {
        TO_HTML: _written((*OURS, "analyze", report, "-q", "-o"), html),
        TO_JSON: _written((*OURS, "analyze", report, "-q", "-o"), json),
        READ: Contender((*WORK, "read", report)),
        "expat, a table of tests": Contender((*WORK, "expat_table", report)),
    }
    return bounded if size > LARGE else bounded | _others(folder, size, checkouts)


def _others(folder: Path, size: int, checkouts: Checkouts) -> Contenders:
    report, out = str(named(folder, "junit", size)), folder / "out"
    python = str(folder / "peers" / "bin" / "python")
    checkout = checkouts.get(PUBLISH)
    publish = str(checkout / "python" / "publish") if checkout else f"--checkout {PUBLISH}=DIR"
    results = _alone(folder, size)
    return {
        "lxml.iterparse, a table of tests": Contender(
            (python, "-m", "bench.work", "lxml_table", report), (python,)
        ),
        JUNITPARSER: Contender((*WORK, "junitparser", report), ("junitparser",)),
        PUBLISHED: Contender(
            (python, "-m", "bench.work", "published", report, str(checkout)), (publish, python)
        ),
        "junit2html, to HTML": _written(
            (python, "-m", "junit2htmlreport", report), out / "j2h.html", python
        ),
        CTRF: _node(folder, ("junit-to-ctrf", report, "-o"), out / "ctrf.json"),
        "xunit-viewer, to HTML": _node(
            folder, ("xunit-viewer", "-r", report, "-o"), out / "x.html"
        ),
        ALLURE: _node(folder, ("allure", "generate", results, "-o"), out / "allure"),
    }


def consoles(folder: Path, size: int, _: Checkouts) -> Contenders:
    """List who reads the console log of a verbose xdist run of that many MB."""
    log, regexes = str(named(folder, "console", size)), folder / "patterns"
    rg = ("rg", "--no-unicode", "--no-config", "-f", str(regexes), log)
    pattern = "|".join(regexes.read_text("utf-8").splitlines())
    bounded = {
        TO_JSON: _written((*OURS, "analyze", log, "-q", "-o"), folder / "out" / "log.json"),
        READ: Contender((*WORK, "console", log)),
        SCANNED: Contender((*WORK, "scan", log, "1")),
        SCANNED_BY_TWO: Contender((*WORK, "scan", log, "2")),
        RIPGREP: Contender((*rg, "-n"), ("rg",)),
        "lnav, entries by level": _lnav(
            folder, log, ";SELECT log_level, count(*) FROM all_logs GROUP BY log_level"
        ),
    }
    filtered = {"lnav, entries with the patterns": _lnav(folder, log, f":filter-in {pattern}")}
    return bounded if size > LARGE else bounded | filtered


def kernels(folder: Path, size: int, _: Checkouts) -> Contenders:
    """List who reads a kernel log of that many MB."""
    log, words = str(named(folder, "kernel", size)), str(folder / "words")
    return {
        TO_JSON: _written((*OURS, "analyze", log, "-q", "-o"), folder / "out" / "kernel.json"),
        READ: Contender((*WORK, "kernel", log)),
        "ripgrep, the words it looks for": Contender(
            ("rg", "--no-unicode", "--no-config", "-n", "-F", "-f", words, log), ("rg",)
        ),
        "lnav, entries of a kill": _lnav(folder, log, ":filter-in Killed process"),
    }


KINDS = (
    Kind("JUnit XML", "junit", TO_HTML, reports),
    Kind("Log of a verbose xdist run", "console", SCANNED, consoles),
    Kind("Kernel log", "kernel", READ, kernels),
)


def _written(command: tuple[str, ...], out: Path, *needs: str) -> Contender:
    return Contender((*command, str(out)), needs, out)


def _node(folder: Path, words: tuple[str, ...], out: Path) -> Contender:
    tool = str(folder / "peers" / "node_modules" / ".bin" / words[0])
    return _written((tool, *words[1:]), out, tool)


def _lnav(folder: Path, log: str, order: str) -> Contender:
    """Let lnav print what an order leaves in its view, and remember nothing of former times."""
    home = f"HOME={folder / HOME}"
    return Contender(("env", home, "lnav", "-n", "-c", order, log), ("lnav",))


def _alone(folder: Path, size: int) -> str:
    """Give a report a folder of its own, as some tools want it."""
    results = folder / f"results-{size}MB"
    results.mkdir(exist_ok=True)
    link = results / "report.xml"
    if not link.exists():
        os.link(named(folder, "junit", size), link)
    return str(results)


def compare(runs: list[str], out: Path) -> Contenders:
    """Compare runs, as a user would; nobody else does."""
    return {RUNS_COMPARED: _written((*OURS, "compare", *runs, "-q", "-o"), out)}


def starting(folder: Path) -> Contenders:
    """List who has next to nothing to do."""
    bare, about, tiny = small(folder).values()
    return {BARE: bare, "diagnose, --help": about, "diagnose, 10 KB of JUnit to JSON": tiny}
