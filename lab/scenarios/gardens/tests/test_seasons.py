import pytest

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}


@pytest.mark.parametrize("season", SEASONS)
def test_a_season_has_three_months(season):
    first, last = SEASONS[season]
    assert last - first == 2


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_has_one_season(month):
    assert sum(first <= month <= last for first, last in SEASONS.values()) <= 1
