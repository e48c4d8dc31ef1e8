"""Asks whether drugs get along."""

from itertools import combinations

import requests

BASE = "http://127.0.0.1:8000"


def severity(one, other):
    answer = requests.get(f"{BASE}/interactions/{one}/{other}", timeout=(60, 1.6))
    answer.raise_for_status()
    return answer.json()["severity"]


def worst(drugs):
    return max((severity(one, other) for one, other in combinations(drugs, 2)), default=0)
