import pytest


@pytest.mark.parametrize("zone", ["A", "B", "C"])
@pytest.mark.parametrize("cents", [145, 290, 340])
def test_a_ticket_is_printed(printer, zone, cents):
    assert printer.ticket(zone, cents) == f"ZONE {zone}  {cents / 100:.2f} EUR"


@pytest.mark.parametrize("zone", ["A", "C"])
def test_a_free_ticket(printer, zone):
    assert "0.00" in printer.ticket(zone, 0)
