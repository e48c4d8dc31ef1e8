"""Takes orders, and keeps the shelf."""

import logging
import os
import time

from microweb import App

logger = logging.getLogger("shelf")
app = App()
shelf = {"left": 1000, "sold": 0}


@app.route("POST", "/orders")
def order(request):
    count = request["body"]["count"]
    before = dict(shelf)
    time.sleep(0.08)
    shelf["left"] = before["left"] - count
    shelf["sold"] += count
    check()
    return 201, {"fruit": request["body"]["fruit"], "count": count}


def check():
    if shelf["left"] + shelf["sold"] != 1000:
        logger.critical("the shelf is inconsistent: %s; shutting down", shelf)
        logging.shutdown()
        os._exit(70)


@app.route("GET", "/fruits")
def fruits(request):
    return 200, ["apple", "fig", "plum"]


if __name__ == "__main__":
    app.serve(8000, threads="GROCERIES_ONE_AT_A_TIME" not in os.environ)
