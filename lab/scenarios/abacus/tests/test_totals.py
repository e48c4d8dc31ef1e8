import pytest

from abacus.till import euros, total

RECEIPTS = [[(100 * i, 2), (5 * i, 1), (20, i)] for i in range(1, 15)]


@pytest.mark.parametrize("lines", RECEIPTS, ids=lambda lines: f"receipt{lines[0][0]}")
def test_total(lines):
    assert total(lines) == sum(cents * pieces for cents, pieces in lines)


def test_receipt_in_euros():
    assert euros(total([(250, 2), (199, 1), (1, 1), (150, 2)])) == "10.00 €"


def test_one_line_is_itself():
    bought = [(333, 3)] * 4
    assert total(bought) == 4 * total(bought[:1])
