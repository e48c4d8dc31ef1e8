import pytest

from crawler.frontier import AT_ONCE, Frontier


@pytest.fixture
def frontier():
    made = Frontier(8004)
    yield made
    made.close()


@pytest.mark.parametrize("depth", range(1, 19))
def test_connections_are_kept(frontier, depth):
    assert frontier.open(AT_ONCE) == AT_ONCE


@pytest.mark.parametrize("depth", range(1, 5))
def test_nothing_is_open_at_first(frontier, depth):
    assert frontier.connections == []
