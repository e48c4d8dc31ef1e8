import pytest

from brewery.brew import brew


@pytest.mark.parametrize("litres", range(50, 1150, 50))
def test_a_batch_is_brewed(litres):
    assert brew(litres) == litres
