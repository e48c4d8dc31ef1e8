import pytest

from zoo.signs import sign


def test_way_in():
    assert sign("entrance") == "Entrance"


@pytest.mark.parametrize("hour", [9, 12, 15])
def test_when_seals_eat(hour):
    assert sign("feeding", hour=hour) == f"Feeding at {hour}:00"


def test_mondays():
    assert "Closed" in sign("closed")


@pytest.mark.parametrize("age", [3, 30])
def test_way_in_at_any_age(age):
    assert len(sign("entrance")) == 8
