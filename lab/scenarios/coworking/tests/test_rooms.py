import os
import time

import pytest

from coworking.house import close, come, open_room, people

OWN = os.environ.get("PYTEST_XDIST_WORKER", "") if os.environ.get("ROOMS_OF_OWN") else ""
LETTERS = {"0": "a", "1": "b", "2": "c", "3": "d", "4": "e", "5": "f", "6": "g", "7": "h"}


def named(name):
    return name + ("-" + LETTERS[OWN[-1]] if OWN else "")


@pytest.fixture
def atelier():
    name = open_room(named("atelier"))
    yield name
    close(name)


@pytest.mark.parametrize("person", ["ana", "ben", "cem", "dee", "eva", "fin"])
def test_someone_comes(atelier, person):
    time.sleep(0.15)
    assert come(atelier, person) == [person]


def test_a_new_room_is_empty(atelier):
    time.sleep(0.15)
    assert people(atelier) == []


class TestLounge:
    @pytest.mark.parametrize("crowd", [2, 3, 4, 5])
    def test_all_are_there(self, crowd):
        name = open_room(named("lounge"))
        try:
            for number in range(crowd):
                time.sleep(0.05)
                come(name, f"p{number}")
            assert len(people(name)) == crowd
        finally:
            close(name)

    def test_a_closed_room_can_be_opened_again(self):
        for _ in range(3):
            open_room(named("lounge"))
            time.sleep(0.1)
            close(named("lounge"))
