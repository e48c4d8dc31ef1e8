"""A page is usable when it is drawn and answers; what is too large for a browser never is."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from bench import pages
from bench.pages import opened
from bench.rounds import Contender
from tests.browser import CHROMIUM, PATIENCE

BUSY = (
    "<title>x</title><p>drawn<script>"
    "const end = Date.now() + 700; while (Date.now() < end);</script>"
)
browses = pytest.mark.skipif(not CHROMIUM, reason="needs chromium")


def writing(folder: Path, **texts: str) -> dict[str, Contender]:
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: Contender((), writes=folder / f"{name}.html") for name in texts}


@browses
def test_a_page_that_is_busy_is_usable_later(tmp_path: Path) -> None:
    found = opened(writing(tmp_path, busy=BUSY, idle="<title>x</title><p>drawn"), 1)
    assert 0.7 < found["busy"] < PATIENCE
    assert 0 < found["idle"] < found["busy"]


@browses
def test_a_page_that_is_too_large_is_never_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LARGEST", 10)
    assert opened(writing(tmp_path, large=BUSY), 3) == {"large": inf}


def test_what_is_no_page_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("{}")
    contenders = {"json": Contender((), writes=tmp_path / "r.json"), "nothing": Contender(())}
    assert opened(contenders, 1) == {}
