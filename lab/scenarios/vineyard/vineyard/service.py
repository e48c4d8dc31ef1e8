"""Labels for bottles, and the cellar book."""

import os
import threading
import time
from pathlib import Path

from microweb import App

app = App()
CAREFUL = os.environ.get("VINEYARD_CAREFUL") == "yes"
LABEL = Path(os.environ["TMPDIR"], "label.txt")
book = threading.Lock()


@app.route("POST", r"/labels/([\w-]+)")
def label(request, wine):
    drawn = LABEL.with_name(f"{wine}.txt") if CAREFUL else LABEL
    drawn.write_text(wine.replace("-", " ").title())
    time.sleep(0.15)
    text = drawn.read_text()
    time.sleep(0.05)
    drawn.unlink()
    return 201, {"label": text}


@app.route("GET", r"/cellar/(\d+)")
def bottles(request, year):
    with book:
        time.sleep(0.0 if CAREFUL else 0.4)
        return 200, {"year": int(year), "bottles": int(year) % 97}


if __name__ == "__main__":
    app.serve(8000)
