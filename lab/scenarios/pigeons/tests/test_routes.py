import pytest

from pigeons.post import route

PLACES = ["gent", "brugge", "lier", "aalst", "mol", "halle", "dinant", "huy"]


@pytest.mark.parametrize("start", PLACES)
@pytest.mark.parametrize("end", PLACES[:5])
def test_route_is_written_out(start, end):
    assert route(start, end) == f"{start.title()} > {end.title()}"


def test_no_place_is_left_out():
    assert route("gent", "", "mol") == "Gent > Mol"
