import pytest


@pytest.mark.parametrize("street", ["High Street", "Mill Lane", "Quay"])
def test_a_street_is_known(streets, street):
    assert street in streets


@pytest.mark.parametrize("street", ["Elm Row", "Back Alley", "The Moor", ""])
def test_a_street_is_unknown(streets, street):
    assert street not in streets


def test_streets_are_in_order(streets):
    assert streets == sorted(streets)
