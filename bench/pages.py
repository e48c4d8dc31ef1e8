"""How long it takes until an HTML report can be used, in a browser that has just been started."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.rounds import Contender
from tests.browser import CHROMIUM, PATIENCE, Page, browsing

LARGEST = 100_000_000  # bytes, beyond which the browser would fill the machine before it gives up
# Everything is there and drawn, and the page has time for a click.
USABLE = """new Promise(done =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now() / 1000))))"""


def opened(contenders: Mapping[str, Contender], rounds: int) -> dict[str, float]:
    """Return after how many seconds the page of each can be used; infinite if never."""
    pages = {name: it.writes for name, it in contenders.items() if it.writes}
    there = {name: path for name, path in pages.items() if path.suffix == ".html" and path.exists()}
    if not CHROMIUM:
        return {}
    return {name: median(_once(path) for _ in range(rounds)) for name, path in there.items()}


def _once(path: Path) -> float:
    if path.stat().st_size > LARGEST:
        return float("inf")
    with TemporaryDirectory(ignore_cleanup_errors=True) as home, browsing(Path(home)) as browser:
        page = Page(browser)
        try:
            page.open(path.as_uri())
            return float(page.value(USABLE))
        except AssertionError:  # it was silent for longer than PATIENCE
            return float("inf")


WHY = f"one of more than {LARGEST // 10**6} MB, or {PATIENCE:.0f} s"
