"""Looks words up."""

import asyncio

import aiohttp


class Refused(Exception):
    """The thesaurus did not want to."""


async def ask(word):
    desk = aiohttp.ClientSession("http://127.0.0.1:8200")
    async with desk as session, session.get(f"/near/{word}") as response:
        told = await response.json()
    if not told["ok"]:
        raise Refused(f"{told['fault']}: {told['hint']}")
    return told["words"]


def near(word):
    return asyncio.run(ask(word))


def plural(word):
    if word.endswith(("s", "x", "ch")):
        return word + "es"
    if word.endswith("y"):
        return word[:-1] + "ies"
    return word + "s"
