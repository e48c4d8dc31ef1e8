import pytest

from orchestra.engraving import engrave, transposed


@pytest.mark.parametrize("semitones,expected", [(0, "c"), (2, "d"), (12, "c"), (-1, "b"), (7, "g")])
def test_transposed(semitones, expected):
    assert transposed(["c"], semitones) == [expected]


@pytest.mark.parametrize("part", ["viola", "horn"])
def test_a_part_is_engraved(part):
    assert engrave(f"{part} = {{ c d e }}")
