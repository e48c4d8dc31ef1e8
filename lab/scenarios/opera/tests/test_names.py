import pytest

from opera.tickets import name


@pytest.mark.parametrize("number", range(0, 90, 2))
def test_names(number):
    assert name(number)[0] in "ABC"
