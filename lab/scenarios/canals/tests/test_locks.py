import pytest

from canals.locks import board, enter, gates

LOCKS = ["alder", "birch", "cedar", "elder"]


@pytest.mark.parametrize("lock", LOCKS)
def test_boats_wait_in_order(lock):
    assert enter(f"{lock}-1", ["heron", "otter"]) == ["heron", "otter"]


@pytest.mark.parametrize("lock", LOCKS)
def test_board_shows_who_waits(lock):
    assert board(f"{lock}-2", ["swan"]) == ["swan"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_gate_has_a_boat(lock):
    assert gates(f"{lock}-3")["upper"] == 1
