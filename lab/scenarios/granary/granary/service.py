"""The books of a granary: four sessions for all who ask."""

import os
import threading
import time

from microweb import App, logger

SESSIONS = int(os.environ.get("GRANARY_SESSIONS", "4"))
app = App()
free = threading.BoundedSemaphore(SESSIONS)


@app.route("POST", r"/weighings")
def weigh(request):
    kilos = request["body"]["kilos"]
    for held in range(2):  # one for the books, one for the tax
        if not free.acquire(timeout=0.5):
            if held:
                free.release()
            logger.warning(
                "weighing of %d kg: nobody gave a session back within 0.5 s (%d of %d lent)",
                kilos,
                SESSIONS,
                SESSIONS,
            )
            return 503, {"why": f"all {SESSIONS} sessions of the books are lent out"}
    try:
        time.sleep(0.45)
    finally:
        free.release()
        free.release()
    return 200, {"sacks": -(-kilos // 50)}


if __name__ == "__main__":
    app.serve(8000)
