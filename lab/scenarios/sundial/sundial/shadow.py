"""Asks where the shadow falls."""

import asyncio

import aiohttp


async def ask(hour):
    wait = aiohttp.ClientTimeout(total=1.1)
    dial = aiohttp.ClientSession("http://127.0.0.1:8000", timeout=wait)
    async with dial as session, session.get(f"/shadow/{hour}") as response:
        return (await response.json())["degrees"]


def shadow(hour):
    return asyncio.run(ask(hour))


class Gnomon:
    def tilt(self, latitude):
        return 90 - latitude


def erect(gnomon, latitude):
    return gnomon.tilt(latitude)
