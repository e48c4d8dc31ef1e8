"""A double of the partner's service, with its quota."""

import os
import threading
import time

from microweb import App

CALLS = int(os.environ.get("PARTNER_CALLS_A_SECOND", "6"))
app = App()
lock = threading.Lock()
recent = []


@app.route("GET", r"/v2/price/([A-Z]+)")
def price(request, symbol):
    now = time.monotonic()
    with lock:
        recent[:] = [moment for moment in recent if now - moment < 1]
        if len(recent) >= CALLS:
            return 429, {"error": "quota exceeded"}
        recent.append(now)
    return 200, {"symbol": symbol, "cents": sum(map(ord, symbol))}


if __name__ == "__main__":
    app.serve(8100)
