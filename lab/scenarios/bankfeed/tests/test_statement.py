import pytest

from bankfeed.statement import balance, entry

DAYS = {
    "rent": ["2026-03-01;-85000;Hausbau/DE02", "2026-03-02;1200;Ada/DE33"],
    "salary": ["2026-03-25;312000;Works/DE77"],
    "fees": ["2026-03-31;-490"],
}


@pytest.mark.parametrize("cents", [1, 250, 99999])
def test_payments_are_read(cents):
    assert entry(f"2026-03-01;{cents};Ada/DE33")["cents"] == cents


@pytest.mark.parametrize("cents", [-490, -990])
def test_fees_are_read(cents):
    assert entry(f"2026-03-31;{cents}")["cents"] == cents


@pytest.mark.parametrize("day", DAYS)
def test_balance_of_a_day(day):
    expected = sum(int(line.split(";")[1]) for line in DAYS[day])
    assert balance(DAYS[day]) == expected


@pytest.mark.parametrize("name", ["Ada", "Works", "Hausbau"])
def test_names_are_kept(name):
    assert entry(f"2026-03-01;5;{name}/DE33")["name"] == name
