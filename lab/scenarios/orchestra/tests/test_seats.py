import pytest

DESKS = {"violin": 16, "viola": 12, "cello": 10, "bass": 8, "oboe": 2}


@pytest.mark.parametrize("section", DESKS)
def test_strings_sit_in_pairs(section):
    assert DESKS[section] % 2 == 0


@pytest.mark.parametrize("row", range(1, 11))
def test_rows_have_seats(row):
    assert 20 + 2 * row > 20
