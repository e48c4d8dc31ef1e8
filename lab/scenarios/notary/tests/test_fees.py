import time

import pytest

from notary.fees import fee


@pytest.mark.parametrize("pages", range(1, 16))
def test_more_pages_are_never_cheaper(pages):
    time.sleep(0.03)
    assert fee(pages + 1) >= fee(pages)


def test_the_least():
    assert fee(1) == 20
