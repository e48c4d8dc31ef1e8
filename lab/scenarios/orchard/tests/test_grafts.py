import pytest

from orchard.registry import grafts


@pytest.mark.parametrize("year", range(45))
def test_grafts(year):
    assert grafts(year) <= year
