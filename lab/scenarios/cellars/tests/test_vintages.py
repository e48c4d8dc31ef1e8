import pytest

from cellars.register import vintage


@pytest.mark.parametrize("year", range(1960, 2000))
def test_vintage(year):
    assert vintage(year) == f"'{year - 1900}"
