import pytest

from creamery.dairy import butter, cooled


@pytest.mark.parametrize("litres,kilograms", [(22, 0.96), (44, 1.92), (110, 4.8), (220, 9.6)])
@pytest.mark.parametrize("churn", ["red", "blue"])
def test_butter(churn, litres, kilograms):
    assert butter(f"{churn}-{litres}", litres) == kilograms


@pytest.mark.parametrize("churn", ["oak", "ash", "elm", "fir", "yew"])
def test_a_churn_is_cold(churn):
    assert cooled(churn) < 8
