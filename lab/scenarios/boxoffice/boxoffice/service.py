"""Sells tickets."""

import os
import threading
import time
from contextlib import nullcontext

from microweb import App

app = App()
sold = {}
lock = threading.Lock() if "BOXOFFICE_LOCK" in os.environ else nullcontext()


class TicketSoldTwice(RuntimeError):
    """Two people hold the same number."""


@app.route("POST", r"/shows/(\w+)/tickets")
def sell(request, show):
    holder = request["body"]["holder"]
    with lock:
        number = len(sold) + 1
        time.sleep(0.12)
        if number in sold:
            raise TicketSoldTwice(f"ticket {number} belongs to {sold[number]} already")
        sold[number] = holder
    return 201, {"number": number, "holder": holder, "show": show}


if __name__ == "__main__":
    app.serve(8000)
