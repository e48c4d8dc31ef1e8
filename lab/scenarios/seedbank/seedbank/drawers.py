"""Drawers of seeds."""

import asyncio
import os

_drawer = None


class Drawer:
    def __init__(self):
        self.open = asyncio.Lock()
        self.seeds = asyncio.Queue()
        self.moved = asyncio.Event()


def drawer():
    global _drawer
    if _drawer is None or os.environ.get("SEEDBANK_APART"):
        _drawer = Drawer()
    return _drawer


async def put(mine, name):
    async with mine.open:
        await asyncio.sleep(0.02)
        await mine.seeds.put(name)
        mine.moved.set()


async def take(mine):
    async with asyncio.timeout(1):
        return await mine.seeds.get()


async def sort(mine, names):
    """Put many at once, so that they wait for the lock."""
    await asyncio.gather(*(put(mine, name) for name in names))
    return mine.seeds.qsize()
