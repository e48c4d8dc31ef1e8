"""Adds up receipts."""

import os
import threading
import time

from microweb import App

app = App()
careful = threading.Lock() if os.environ.get("ABACUS_CAREFUL") == "yes" else None
beads = 0


def added(lines):
    global beads
    beads = 0
    for line in lines:
        beads += line["cents"] * line["pieces"]
        time.sleep(0.03)
    return beads


@app.route("POST", r"/receipts")
def receipt(request):
    lines = request["body"]["lines"]
    if careful:
        with careful:
            total = added(lines)
    else:
        total = added(lines)
    return 200, {"total": total, "lines": len(lines)}


if __name__ == "__main__":
    app.serve(8000)
