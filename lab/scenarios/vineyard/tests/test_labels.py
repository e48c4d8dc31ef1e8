import pytest

WINES = ["pinot-noir", "riesling", "grauer-burgunder", "dornfelder", "silvaner", "elbling"]


@pytest.mark.parametrize("vat", ["a", "b", "c"])
@pytest.mark.parametrize("wine", WINES)
def test_a_label_names_the_wine(api, wine, vat):
    label = api.post(f"/labels/{wine}-{vat}", timeout=60).json()["label"]
    assert label == f"{wine}-{vat}".replace("-", " ").title()
