"""Speaks to the print service."""

import aiohttp

BASE = "http://127.0.0.1:8000"
PATIENT = aiohttp.ClientTimeout(total=60)


async def submit(name, text):
    async with (
        aiohttp.ClientSession(timeout=PATIENT) as session,
        session.post(f"{BASE}/jobs/{name}", json={"text": text}) as answer,
    ):
        answer.raise_for_status()
        return await answer.json()


async def status_of(name, text):
    async with (
        aiohttp.ClientSession(timeout=PATIENT) as session,
        session.post(f"{BASE}/jobs/{name}", json={"text": text}) as answer,
    ):
        return answer.status
