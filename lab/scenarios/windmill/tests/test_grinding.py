import pytest

from windmill.grinding import grind


@pytest.mark.parametrize("kilograms", range(10, 34))
def test_flour(kilograms):
    assert grind(kilograms) == round(kilograms * 0.78, 2)
