"""Batches of beer, on four kettles."""

import os
import threading
import time

from microweb import App

KETTLES = int(os.environ.get("BREWERY_KETTLES", "3"))
app = App()
kettles = threading.BoundedSemaphore(KETTLES)


class KettlePoolExhausted(Exception):
    """All kettles are on the fire."""


@app.route("POST", r"/batches")
def brew(request):
    if not kettles.acquire(timeout=0.4):
        raise KettlePoolExhausted(f"pool of {KETTLES} kettles exhausted, waited 0.4 s")
    try:
        time.sleep(0.5)
    finally:
        kettles.release()
    return 201, {"litres": request["body"]["litres"]}


@app.route("GET", r"/recipes/(\w+)")
def recipe(request, name):
    malt = {"pils": 4, "stout": 6, "weizen": 5}
    return 200, {"malt": malt[name]}


if __name__ == "__main__":
    app.serve(8000)
