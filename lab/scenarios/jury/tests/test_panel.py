import pytest

from jury.panel import panel


@pytest.mark.parametrize("people", range(60, 90))
def test_a_panel_is_drawn(people):
    assert len(panel([f"juror {n}" for n in range(people)])) == 6
