from pathlib import Path

import pytest

from greetings.cards import card

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def matches_snapshot():
    def check(name, text):
        stored = (SNAPSHOTS / f"{name}.txt").read_text()
        assert text == stored, f"snapshot {name} does not match; run with --update-snapshots"

    return check


@pytest.mark.parametrize("occasion", ["birthday", "wedding"])
def test_card_is_as_it_was(matches_snapshot, occasion):
    matches_snapshot(occasion, card(occasion, "Ada"))


@pytest.mark.parametrize("name", ["Ada", "Bob", "Cy", "Di"])
@pytest.mark.parametrize("occasion", ["birthday", "wedding"])
def test_a_card_names_its_reader(occasion, name):
    assert name in card(occasion, name)
