import pytest


@pytest.mark.parametrize("room", ["x-ray", "lab", "theatre", "ward"])
@pytest.mark.parametrize("hour", [8, 10, 12, 14])
def test_a_room_is_booked(rooms, room, hour):
    assert rooms.book(room, hour) > 0


@pytest.mark.parametrize("hour", range(8, 16))
def test_hours_have_two_digits(hour):
    assert len(f"{hour:02}") == 2
