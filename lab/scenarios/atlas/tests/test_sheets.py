import pytest

from atlas.sheets import draw


@pytest.mark.parametrize("sheet", range(1, 26))
def test_a_sheet_is_drawn(sheet):
    assert draw(sheet) == f"sheet {sheet}"
