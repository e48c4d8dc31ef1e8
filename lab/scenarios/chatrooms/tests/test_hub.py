import asyncio

import pytest

from chatrooms.hub import exchange


@pytest.mark.parametrize("text", ["hello", " hello ", "grüezi", "hi\n", "hej", "ciao"])
@pytest.mark.parametrize("room", ["lobby", "garden"])
def test_what_is_said_is_heard(room, text):
    assert asyncio.run(exchange(text)) == text.strip()


@pytest.mark.parametrize("room", ["lobby", "garden", "attic"])
def test_rooms_have_names(room):
    assert room
