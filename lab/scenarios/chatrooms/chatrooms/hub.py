"""Hands messages from who says them to who waits for them."""

import asyncio

waiting = asyncio.Queue()


async def hear():
    return await asyncio.wait_for(waiting.get(), 20)


async def say(text):
    await asyncio.sleep(0.02)
    await waiting.put(text.strip())


async def exchange(text):
    heard, _ = await asyncio.gather(hear(), say(text))
    return heard
