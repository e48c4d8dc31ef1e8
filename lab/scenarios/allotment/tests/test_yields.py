import pytest

from allotment.yields import kilos


@pytest.mark.parametrize("plant", ["potato", "bean", "kale"])
@pytest.mark.parametrize("metres", [0, 1, 10, 40])
def test_a_larger_bed_gives_more(plant, metres):
    assert kilos(plant, metres + 1) > kilos(plant, metres)


def test_nobody_grows_that():
    with pytest.raises(KeyError):
        kilos("pineapple", 1)
