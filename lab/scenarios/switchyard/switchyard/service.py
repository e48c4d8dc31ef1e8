"""Wagons are moved from track to track; both are held meanwhile."""

import os
import threading
import time

from microweb import App

app = App()
tracks = [threading.Lock() for _ in range(6)]
IN_ORDER = os.environ.get("YARD_IN_ORDER") == "yes"


class YardStuck(Exception):
    """Each waits for the other."""


@app.route("POST", r"/moves")
def move(request):
    first, second = request["body"]["from"], request["body"]["to"]
    if IN_ORDER:
        first, second = sorted((first, second))
    with tracks[first]:
        time.sleep(0.15)
        if not tracks[second].acquire(timeout=20 if IN_ORDER else 1.5):
            raise YardStuck(f"track {first} waits for {second}, which waits for this move")
        try:
            time.sleep(0.05)
        finally:
            tracks[second].release()
    return 200, {"moved": True}


if __name__ == "__main__":
    app.serve(8000)
