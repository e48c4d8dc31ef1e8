import pytest

from lockers.codes import code


@pytest.mark.parametrize("door", range(8))
@pytest.mark.parametrize("parcel", [1, 4711, 90210])
def test_a_code_has_six_digits(parcel, door):
    assert len(code(parcel, door)) == 6


def test_codes_differ():
    assert len({code(number, 3) for number in range(500)}) == 500
