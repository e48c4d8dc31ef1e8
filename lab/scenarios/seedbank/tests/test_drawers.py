import asyncio

import pytest

from seedbank.drawers import drawer, put, sort, take


@pytest.mark.parametrize("names", [["oat", "rye"], ["flax", "hemp", "dill"], ["pea", "bean"]])
async def test_seeds_are_sorted_in(names):
    assert await sort(drawer(), names) == len(names)


@pytest.mark.parametrize("name", ["mint", "sage", "thyme"])
async def test_what_is_put_in_comes_out(name):
    mine = drawer()
    later = asyncio.create_task(take(mine))
    await put(mine, name)
    assert await later == name


@pytest.mark.parametrize("name", ["anise", "cumin"])
async def test_somebody_hears_of_a_move(name):
    mine = drawer()
    hearing = asyncio.create_task(asyncio.wait_for(mine.moved.wait(), 1))
    await put(mine, name)
    assert await hearing
