import pytest

from cellars.register import put


@pytest.mark.parametrize("shelf", range(1, 41))
def test_bottles_are_counted(tmp_path, shelf):
    assert put(tmp_path, shelf, shelf % 7) == 3 * (shelf % 7)
