import pytest

from mosaic.workshop import Workshop

COLOURS = ["amber", "blue", "coral", "jade", "rose", "sand"]


@pytest.fixture
def workshop():
    one = Workshop("floor")
    one.open()
    yield one
    one.close()


@pytest.mark.parametrize("many", range(1, 7))
def test_stones_are_laid(workshop, many):
    workshop.lay(COLOURS[:many])
    assert workshop.colours() == COLOURS[:many]


class TestWall:
    @pytest.mark.parametrize("many", range(2, 8))
    def test_one_colour(self, many):
        one = Workshop("wall")
        one.place.mkdir(exist_ok=True)
        one.lay(["gold"] * many)
        assert len(one.colours()) == many
        one.close()
