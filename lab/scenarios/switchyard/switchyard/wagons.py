"""Moves wagons."""

import requests


def move(start, end):
    response = requests.post(
        "http://127.0.0.1:8000/moves", json={"from": start, "to": end}, timeout=60
    )
    response.raise_for_status()
    return response.json()["moved"]


def length(wagons):
    return 14 * wagons + 19
