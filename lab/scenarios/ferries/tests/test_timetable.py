import pytest


@pytest.mark.parametrize("hour", range(6, 22))
def test_there_is_a_ferry_every_hour(hour):
    assert f"{hour:02d}:15".endswith(":15")
