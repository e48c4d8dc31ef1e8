import pytest

from pigeons.post import send

BIRDS = ["ada", "bo", "cleo", "dot", "eli", "fay", "gus", "hal", "ivy", "jo", "kit", "lou"]


@pytest.mark.parametrize("bird", BIRDS)
def test_a_letter_is_carried(bird):
    assert send("letter", bird)["ring"] == sum(map(ord, bird))


class TestReturns:
    @pytest.mark.parametrize("bird", BIRDS[:8])
    def test_comes_back_with_its_ring(self, bird):
        assert send("return", bird)["word"] == "ring"
