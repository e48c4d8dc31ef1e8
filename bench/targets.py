"""What is promised: each target is a figure of one run, and a limit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bench.data import named
from bench.rounds import Contender, Cost

Costs = Mapping[str, Cost]
OURS = (sys.executable, "-m", "diagnose")
START = ", start"
WORK = (sys.executable, "-m", "bench.work")


class Target(NamedTuple):
    """A figure that must stay on the right side of a limit; `needs` are its contenders."""

    title: str
    needs: tuple[str, ...]
    figure: Callable[[Costs], float]
    limit: float = 0
    lower: bool = False

    def at_most(self, limit: float) -> Target:
        """Promise that the figure is not above a limit."""
        return self._replace(limit=limit)

    def at_least(self, limit: float) -> Target:
        """Promise that the figure is not below a limit."""
        return self._replace(limit=limit, lower=True)

    def met(self, value: float) -> bool:
        """Say whether a value keeps the promise."""
        return value >= self.limit if self.lower else value <= self.limit


def streaming(folder: Path, size: int) -> dict[str, Contender]:
    """List the contenders that work through a file; of size 0 it is 10 KB, and shows the start."""
    report = str(named(folder, "junit", size))
    log, words = str(named(folder, "kernel", size)), str(folder / "words")
    # what our reader looks for, and all that a search can say of it: the lines and their numbers
    rg = ("rg", "--no-unicode", "--no-config", "-n", "-F", "-f", words, log)
    console, regexes = str(named(folder, "console", size)), str(folder / "patterns")
    patterns = ("rg", "--no-unicode", "--no-config", "-f", regexes, console)
    streams = {
        "reader": Contender((*WORK, "read", report)),
        "expat": Contender((*WORK, "expat", report)),
        "kernel": Contender((*WORK, "kernel", log)),
        "rg -nF": Contender(rg, ("rg",)),
        "scan": Contender((*WORK, "scan", console, "1")),
        "rg -c": Contender((*patterns, "-c"), ("rg",)),
        "rg -n": Contender((*patterns, "-n"), ("rg",)),
    }
    return {name + ("" if size else START): contender for name, contender in streams.items()}


def whole(folder: Path, size: int) -> dict[str, Contender]:
    """List the contenders that are measured with all that starting takes."""
    report, log = str(named(folder, "junit", size)), str(named(folder, "console", size))
    return {
        "analyze": Contender((*OURS, "analyze", report, "-o", str(folder / "out.json"))),
        "junitparser": Contender((*WORK, "junitparser", report), ("junitparser",)),
        "scan, 2 jobs": Contender((*WORK, "scan", log, "2")),
    }


def growing(folder: Path, sizes: tuple[int, ...]) -> dict[str, Contender]:
    """List the contenders that keep the tests of ever bigger reports."""
    return {
        f"keep {size} MB": Contender((*WORK, "keep", str(named(folder, "passing", size))))
        for size in sizes
    }


def small(folder: Path) -> dict[str, Contender]:
    """List the contenders that have next to nothing to do."""
    tiny = str(named(folder, "junit", 0))
    bare = str(Path(__file__).with_name("bare.py"))
    return {
        "bare Typer": Contender((sys.executable, bare, "--help"), ("typer",)),
        "--help": Contender((*OURS, "--help")),
        "tiny": Contender((*OURS, "analyze", tiny, "-o", str(folder / "tiny.json"))),
    }


def targets(sizes: Iterable[int], size: int) -> list[Target]:
    """List what is promised, for data of these sizes (in MB)."""
    kernel = (
        _rate("kernel log's speed : rg -nF, same words", "rg -nF", "kernel").at_least(0.5),
        _rate("the same by the clock", "rg -nF", "kernel", "wall").at_least(0.5),
    )
    clock = share("two jobs' speed : rg -n, by the clock", "rg -n", "scan, 2 jobs", "wall")
    return [
        share("analyze to JSON : junitparser loading", "analyze", "junitparser").at_most(0.7),
        share("its memory : junitparser's", "analyze", "junitparser", "rss").at_most(0.25),
        _rate("JUnit reader : expat without callbacks", "reader", "expat").at_most(3),
        *(_growth(less, more) for less, more in pairwise(sizes)),
        *(kernel if size >= 100 else ()),
        _rate("scanner's speed : rg -c", "rg -c", "scan").at_least(0.8),
        _rate("scanner's speed : rg -n", "rg -n", "scan").at_least(0.8),
        *([clock.at_least(1.5)] if size >= 30 else []),
        Target("scanner's memory, MB", ("scan",), lambda costs: costs["scan"].rss).at_most(100),
        Target("its memory, MB", ("kernel",), lambda costs: costs["kernel"].rss).at_most(200),
        share("--help : a bare Typer program's", "--help", "bare Typer").at_most(1.2),
        share("10 KB of JUnit to JSON and terminal : that", "tiny", "bare Typer").at_most(3),
    ]


def share(title: str, one: str, other: str, of: str = "cpu") -> Target:
    """Divide the costs of whole processes."""

    def figure(costs: Costs) -> float:
        return float(getattr(costs[one], of) / getattr(costs[other], of))

    return Target(title, (one, other), figure)


def _rate(title: str, one: str, other: str, of: str = "cpu") -> Target:
    """Divide the costs of working through a file, without those of the start."""

    def figure(costs: Costs) -> float:
        parts = (
            float(getattr(costs[name], of) - getattr(costs[name + START], of))
            for name in (one, other)
        )
        share, whole = parts
        return share / whole

    return Target(title, (one, other, one + START, other + START), figure)


def _growth(less: int, more: int) -> Target:
    """Promise what each further test that passed may take."""
    names = (f"keep {less} MB", f"keep {more} MB")

    def figure(costs: Costs) -> float:
        before, after = (costs[name] for name in names)
        return (after.rss - before.rss) * (1 << 20) / (int(after.said) - int(before.said))

    return Target(f"bytes a passing test, {less} to {more} MB", names, figure).at_most(250)
