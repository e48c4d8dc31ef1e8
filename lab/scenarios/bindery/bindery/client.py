"""Has books bound."""

import time

import httpx

BASE = "http://127.0.0.1:8000/books"


class NotBound(Exception):
    """The book is not ready."""


def state_of(book):
    return httpx.get(f"{BASE}/{book}", timeout=60).json()["state"]


def bind(book, seconds=2.3):
    """Have a book bound, and return its state when it is done or time is up."""
    httpx.post(f"{BASE}/{book}", timeout=60).raise_for_status()
    end = time.monotonic() + seconds
    while state_of(book) != "bound" and time.monotonic() < end:
        time.sleep(0.1)
    return state_of(book)


def collect(book):
    if (state := bind(book)) != "bound":
        raise NotBound(f"{book} is {state}")
    return f"{book}.box"
