from pathlib import Path

import pytest

from auctions.pages import listing

SNAPSHOTS = Path(__file__).parent / "snapshots"
LOTS = {"clock": (12_500, "18:00"), "vase": (990, "noon")}


@pytest.mark.parametrize("name", LOTS)
def test_page_matches_the_snapshot(name):
    page = listing(name.title(), *LOTS[name])
    assert page == (SNAPSHOTS / f"{name}.html").read_text()


@pytest.mark.parametrize("name", LOTS)
def test_page_names_the_lot(name):
    assert name.title() in listing(name.title(), *LOTS[name])
