"""Draws prizes."""

import os
import time

from microweb import App

app = App()
current = {}


@app.route("POST", "/draws")
def draw(request):
    current.update(request["body"])
    time.sleep(0.1)
    return 201, {"winner": current["name"], "prize": f"prize for {current['name']}"}


if __name__ == "__main__":
    app.serve(8000, threads=os.environ.get("RAFFLE_THREADS") != "no")
