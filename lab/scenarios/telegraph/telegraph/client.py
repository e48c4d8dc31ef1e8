"""What a clerk does."""

import time

import httpx

BASE = "http://127.0.0.1:8000"


def send(station, text):
    answer = httpx.post(f"{BASE}/stations/{station}/messages", json={"text": text}, timeout=60)
    answer.raise_for_status()


def inbox(station, at_least=1, patience=2.2):
    """Return what has arrived; a clerk looks for a while."""
    end = time.monotonic() + patience
    while True:
        answer = httpx.get(f"{BASE}/stations/{station}/messages", timeout=60)
        found = answer.raise_for_status().json()
        if len(found) >= at_least or time.monotonic() > end:
            return found
        time.sleep(0.1)


def price(words):
    return 40 + 5 * max(0, words - 8)
