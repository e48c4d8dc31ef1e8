"""A double of the partner who knows the roads, with the partner's quota."""

import os
import threading
import time

from microweb import App

app = App()
MOST = int(os.environ.get("QUESTIONS_A_SECOND", "6"))
recent = []
lock = threading.Lock()


@app.route("GET", r"/routes/(\w+)/(\w+)")
def route(request, start, end):
    with lock:
        now = time.monotonic()
        recent[:] = [moment for moment in recent if now - moment < 1]
        recent.append(now)
        if len(recent) > MOST:
            return 429, {"detail": "quota of questions exceeded"}
    return 200, {"kilometres": len(start) + len(end)}


if __name__ == "__main__":
    app.serve(8000)
