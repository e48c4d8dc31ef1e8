import pytest

from telegraph.client import inbox, price, send

CITIES = ["york", "lyon", "graz", "bern"]


@pytest.mark.parametrize("city", CITIES)
def test_a_message_arrives(city):
    send(city, "ARRIVING FRIDAY")
    assert [each["text"] for each in inbox(city)] == ["ARRIVING FRIDAY"]


@pytest.mark.parametrize("city", CITIES)
def test_words_are_counted(city):
    send(f"{city}-north", "MEET ME AT THE STATION AT NOON STOP BRING THE MAPS")
    assert price(inbox(f"{city}-north")[0]["words"]) == 55


@pytest.mark.parametrize("city", CITIES)
def test_nothing_is_lost(city):
    send(f"{city}-south", "SEND MONEY")
    assert len(inbox(f"{city}-south")) == 1


@pytest.mark.parametrize("city", CITIES[:3])
def test_a_message_is_found_by_its_text(city):
    send(f"{city}-east", "ALL WELL")
    by_text = {each["text"]: each for each in inbox(f"{city}-east")}
    assert by_text["ALL WELL"]["words"] == 2
