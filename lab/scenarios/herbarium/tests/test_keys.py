import pytest

from herbarium.keys import family


@pytest.mark.parametrize(
    "petals,expected",
    [(3, "Liliaceae"), (4, "Brassicaceae"), (5, "Ranunculaceae"), (21, "Asteraceae")],
)
def test_herbs(petals, expected):
    assert family(petals) == expected


@pytest.mark.parametrize("petals,expected", [(5, "Rosaceae"), (0, "Betulaceae")])
def test_trees(petals, expected):
    assert family(petals, woody=True) == expected


@pytest.mark.parametrize("petals", range(6, 20))
def test_many_petals(petals):
    assert family(petals) == "Asteraceae"
