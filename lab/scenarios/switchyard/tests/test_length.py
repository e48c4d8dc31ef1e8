import pytest

from switchyard.wagons import length


@pytest.mark.parametrize("wagons", range(50))
def test_length(wagons):
    assert length(wagons) > length(wagons - 1)
