"""What the register knows of a vehicle."""

import httpx

FARES = {2: 450, 3: 900, 4: 1300, 5: 1700}


def axles(plate):
    response = httpx.get(f"http://127.0.0.1:8100/plates/{plate}", timeout=30)
    response.raise_for_status()
    return response.json()["axles"]


def fare(count, night=False):
    return FARES[count] * (80 if night else 100) // 100
