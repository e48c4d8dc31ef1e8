import pytest

from quilt import patches


@pytest.mark.parametrize("each", [100, 150, 200])
def test_an_order_is_taxed(each):
    assert patches.cost(4, each) == 4 * each * 119 // 100


def test_the_dearest():
    assert max(patches.cost(n) for n in range(4)) == 428
