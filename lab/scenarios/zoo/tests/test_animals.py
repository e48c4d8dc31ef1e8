import pytest

from zoo.signs import sign


@pytest.mark.parametrize("hour", range(8, 18))
def test_feeding(hour):
    assert sign("feeding", hour=hour).startswith("Feeding")


def test_lion():
    assert sign("lion") == "Lion"
