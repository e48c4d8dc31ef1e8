import pytest

from gazette.press import columns


@pytest.mark.parametrize("width", range(10, 400, 9))
def test_columns(width):
    assert columns(width) >= 1
