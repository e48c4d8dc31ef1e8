import pytest

from warehouse.stock import Stock


@pytest.mark.parametrize("number", range(1, 13))
def test_units_go_up_by_what_is_put_in(stock, number):
    code = f"BIN-{number}"
    before = stock.units(code)
    assert stock.move(code, 5) == before + 5


class TestPicking:
    @pytest.mark.parametrize("number", range(13, 21))
    def test_units_go_down_by_what_is_picked(self, stock, number):
        code = f"BIN-{number}"
        before = stock.units(code)
        assert stock.move(code, -3) == before - 3

    @pytest.mark.parametrize("number", [21, 22, 23, 24])
    def test_a_second_session_sees_the_pick(self, number):
        stock = Stock()
        try:
            before = stock.units(f"BIN-{number}")
            assert stock.move(f"BIN-{number}", -1) == before - 1
        finally:
            stock.close()


def test_bin_codes_are_upper_case():
    assert "BIN-7".isupper()


@pytest.mark.parametrize("text,units", [("3x", 3), ("12x", 12)])
def test_quantities_are_parsed(text, units):
    assert int(text.rstrip("x")) == units
