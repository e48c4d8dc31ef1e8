"""A double of the authority's register of number plates."""

import os
import threading
import time

from microweb import App

QUOTA = int(os.environ.get("REGISTER_QUOTA", "7"))
app = App()
lock = threading.Lock()
asked = []


@app.route("GET", r"/plates/([A-Z0-9-]+)")
def plate(request, number):
    with lock:
        now = time.monotonic()
        asked[:] = [moment for moment in asked if now - moment < 1]
        if len(asked) >= QUOTA:
            return 429, {"error": "too many requests"}
        asked.append(now)
    time.sleep(0.2)
    return 200, {"plate": number, "axles": 2 + len(number) % 4}


if __name__ == "__main__":
    app.serve(8100)
