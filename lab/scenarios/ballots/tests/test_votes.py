import time

from ballots.polls import find, open_poll, poll


def setup_function():
    time.sleep(0.05)


def test_a_poll_is_opened():
    assert open_poll("mayor").votes == {}


def test_ann_votes():
    assert poll("mayor").vote("ann", "green") == 1


def test_bob_votes():
    assert poll("mayor").vote("bob", "blue") == 2


def test_cem_votes():
    assert poll("mayor").vote("cem", "green") == 3


def test_green_wins():
    assert find("mayor").winner() == "green"


def test_all_voters_are_known():
    assert sorted(poll("mayor").votes) == ["ann", "bob", "cem"]


def test_the_poll_has_its_name():
    assert find("mayor").name == "mayor"
