import asyncio

import aiohttp


async def ask(method, path, **more):
    shop = aiohttp.ClientSession("http://127.0.0.1:8000", raise_for_status=True)
    async with shop as session, session.request(method, path, **more) as response:
        return await response.json()


def brew(litres):
    return asyncio.run(ask("POST", "/batches", json={"litres": litres}))["litres"]


def malt(name):
    return asyncio.run(ask("GET", f"/recipes/{name}"))["malt"]


def plato(gravity):
    return round((gravity - 1) * 1000 / 4, 1)
