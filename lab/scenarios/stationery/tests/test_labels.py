import time

import pytest

from stationery.labels import label


@pytest.mark.parametrize("pieces", range(1, 14))
def test_a_label_has_the_number(pieces):
    time.sleep(0.02)
    assert label("tape", pieces) == f"TAPE ({pieces})"


def test_sold_out():
    assert label("tape", 0) == "TAPE (sold out)"
