"""Knows which drugs don't get along; one question at a time."""

import os
import time

from microweb import App

app = App()
SECONDS = float(os.environ.get("INTERACTIONS_SECONDS", "0.35"))
KNOWN = {frozenset(("warfarin", "ibuprofen")): 3, frozenset(("lithium", "furosemide")): 2}


@app.route("GET", r"/interactions/(\w+)/(\w+)")
def interaction(request, one, other):
    time.sleep(SECONDS)
    return 200, {"severity": KNOWN.get(frozenset((one, other)), 0)}


if __name__ == "__main__":
    app.serve(8000, threads=False)
