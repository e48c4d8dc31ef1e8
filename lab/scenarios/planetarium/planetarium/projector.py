"""Draws the sky, one at a time."""

import os
import time

from microweb import App

app = App()


@app.route("GET", r"/skies/(-?\d+)")
def sky(request, year):
    time.sleep(float(os.environ.get("PROJECTOR_SECONDS", "0.4")))
    return 200, {"year": int(year), "pole": "Polaris" if int(year) > 500 else "Thuban"}


if __name__ == "__main__":
    app.serve(8000, threads=False)
