import httpx
import pytest

SHOWS = ["hamlet", "tosca", "cats", "swanlake"]


def sell(show, holder):
    url = f"http://127.0.0.1:8000/shows/{show}/tickets"
    return httpx.post(url, json={"holder": holder}, timeout=60).raise_for_status().json()


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("holder", ["ada", "bob", "cy", "dee", "eli"])
def test_a_ticket_names_its_holder(show, holder):
    assert sell(show, holder)["holder"] == holder


@pytest.mark.parametrize("show", SHOWS)
def test_a_ticket_has_a_number(show):
    assert sell(show, "walk-in")["number"] > 0


@pytest.mark.parametrize("show", SHOWS)
def test_shows_have_a_page(show):
    assert f"/shows/{show}".count("/") == 2
