import pytest

from harbour.pilot import berth


@pytest.mark.parametrize("ship", ["elbe", "weser", "ems"])
@pytest.mark.parametrize("metres,kind", [(90, "quay"), (150, "quay"), (151, "deep"), (400, "deep")])
def test_a_ship_gets_a_berth(ship, metres, kind):
    assert berth(ship, metres) == f"{kind}-{ship}"
