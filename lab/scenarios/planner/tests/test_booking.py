import time

import pytest

from planner.calendars import add, book, free


class TestAdd:
    def test_a_calendar_is_added(self):
        add("team", range(8, 18))
        assert len(free("team")) == 10

    def test_another(self):
        time.sleep(0.1)
        add("rooms", range(7, 20))
        assert free("rooms")[0] == 7


class TestBook:
    @pytest.mark.parametrize("hour", [8, 9, 10])
    def test_an_hour_is_booked(self, hour):
        assert book("team", hour) == hour - 7

    def test_a_room(self):
        assert book("rooms", 12) == 1


class TestFree:
    def test_the_first_free_hour(self):
        assert free("team")[0] == 11

    def test_rooms_at_noon(self):
        assert 12 not in free("rooms")

    def test_how_many_are_free(self):
        assert len(free("rooms")) == 12
