"""Albums load their photos side by side."""

from concurrent.futures import ThreadPoolExecutor

import httpx

LIMITS = httpx.Limits(max_connections=2)
TIMEOUT = httpx.Timeout(60, pool=1.2)


def load(numbers):
    with (
        httpx.Client(base_url="http://127.0.0.1:8003", limits=LIMITS, timeout=TIMEOUT) as client,
        ThreadPoolExecutor(6) as threads,
    ):
        return list(threads.map(lambda n: client.get(f"/photos/{n}").json(), numbers))
