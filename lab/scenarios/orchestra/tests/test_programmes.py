import pytest

from orchestra.library import minutes, programme

EVENINGS = ["opening", "baroque", "chamber", "youth", "gala", "requiem", "new year", "summer"]


class TestProgrammes:
    @pytest.mark.parametrize("evening", EVENINGS)
    def test_with_a_soloist(self, evening):
        assert programme(evening, "N. N.")["soloist"] == "N. N."

    @pytest.mark.parametrize("evening", EVENINGS)
    def test_without_a_soloist(self, evening):
        assert 2 <= programme(evening)["pieces"] <= 4


@pytest.mark.parametrize("bars,tempo,expected", [(30, 60, 2), (120, 120, 4), (1, 4, 1), (0, 90, 0)])
def test_minutes(bars, tempo, expected):
    assert minutes(bars, tempo) == expected


@pytest.mark.parametrize("tempo", range(40, 200, 20))
def test_faster_is_shorter(tempo):
    assert minutes(100, tempo) > minutes(100, tempo + 1)
