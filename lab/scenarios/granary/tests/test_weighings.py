import pytest

from granary.scales import weigh


@pytest.mark.parametrize("kilos", range(40, 1040, 40))
def test_sacks(kilos):
    assert weigh(kilos) == -(-kilos // 50)
