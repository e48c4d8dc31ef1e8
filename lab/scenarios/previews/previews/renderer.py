"""Draws previews of documents."""

import os
import time

from microweb import App

app = App()


@app.route("POST", r"/previews/(\w+)")
def draw(request, kind):
    time.sleep(0.35)
    return 201, {"kind": kind, "width": 320, "pages": request["body"]["pages"]}


if __name__ == "__main__":
    app.serve(8002, threads="PREVIEWS_THREADS" in os.environ)
