"""A cooler with a few places."""

import logging
import os
import threading
import time

from microweb import App

app = App()
places = threading.Semaphore(int(os.environ.get("COOLER_PLACES", "3")))
log = logging.getLogger("creamery.cooler")


@app.route("POST", r"/churns/([\w-]+)")
def cool(request, churn):
    if not places.acquire(blocking=False):
        log.warning("no place for %s: too many requests at once", churn)
        return 429, {"detail": "the cooler is full"}
    try:
        time.sleep(0.6)
        return 200, {"churn": churn, "degrees": 4}
    finally:
        places.release()


if __name__ == "__main__":
    app.serve(8000)
