"""Butter from churns."""

import time

import httpx

BASE = "http://127.0.0.1:8000/churns"


class NoButter(Exception):
    """No churn was cooled."""


def cooled(churn):
    for _ in range(3):
        answer = httpx.post(f"{BASE}/{churn}", timeout=60)
        if answer.status_code == 200:
            return answer.json()["degrees"]
        time.sleep(0.05)
    return None


def butter(churn, litres):
    degrees = cooled(churn)
    if degrees is None:
        raise NoButter(f"{churn} was not cooled")
    return round(litres / 22 * (1 - degrees / 100), 2)
