import time

import pytest


@pytest.mark.parametrize("grams", range(25, 500, 25))
def test_labels_name_the_weight(grams):
    time.sleep(0.05)
    assert f"{grams} g".endswith(" g")
