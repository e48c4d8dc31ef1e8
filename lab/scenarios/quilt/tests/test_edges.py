import pytest

from quilt.patches import edge


@pytest.mark.parametrize("number", range(40))
def test_edge(number):
    assert edge(number) % 2 == 0
