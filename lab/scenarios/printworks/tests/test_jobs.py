import pytest

from printworks.client import status_of, submit

KINDS = ["poster", "leaflet", "booklet", "card", "menu", "ticket"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_job_is_spooled(kind):
    done = await submit(kind, "x" * 100)
    assert done["bytes"] == 600


@pytest.mark.parametrize("kind", KINDS)
async def test_a_job_keeps_its_name(kind):
    done = await submit(f"{kind}-2", "y")
    assert done["job"] == f"{kind}-2"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_job_is_accepted(kind):
    assert await status_of(f"{kind}-3", "z") == 201
