import pytest

WARDS = ["surgery", "eyes", "heart", "children"]


@pytest.mark.parametrize("ward", WARDS)
@pytest.mark.parametrize("name", ["Ada", "Ben", "Cleo", "Dora"])
def test_a_patient_is_in_the_ward(register, insurance, name, ward):
    register.admit(insurance, name, ward)
    assert register.ward(insurance) == ward


@pytest.mark.parametrize("ward", WARDS)
def test_wards_have_signs(ward):
    assert ward.title()[0].isupper()
