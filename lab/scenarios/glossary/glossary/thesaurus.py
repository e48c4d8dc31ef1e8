"""A double of the thesaurus that the publisher rents."""

import os
import threading
import time

from microweb import App

SHARE = int(os.environ.get("THESAURUS_SHARE", "6"))
app = App()
lock = threading.Lock()
seen = []


@app.route("GET", r"/near/([a-z]+)")
def near(request, word):
    with lock:
        now = time.monotonic()
        seen[:] = [moment for moment in seen if now - moment < 1]
        if len(seen) >= SHARE:
            return 200, {
                "ok": False,
                "fault": "breather",
                "hint": "your share is six words each second, come back in a moment",
            }
        seen.append(now)
    time.sleep(0.2)
    return 200, {"ok": True, "words": [word[::-1], word + word[-1]]}


if __name__ == "__main__":
    app.serve(8200)
