"""Reads secrets."""

import httpx


def read(path):
    response = httpx.get(f"https://localhost:8443/{path}", timeout=30)
    return response.raise_for_status().text


def path_of(team, name):
    return f"{team}/{name}".lower()
