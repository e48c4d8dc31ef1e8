"""Times riders, one question after the other."""

import os
import time

from microweb import App

app = App()
SECONDS = float(os.environ.get("TIMING_SECONDS", "0.4"))
RACES = {"sprint": {"rider": "Ito", "laps": 3}, "keirin": {"rider": "Baé", "laps": 6}, "relay": {}}


@app.route("GET", r"/races/(\w+)/results/(\d+)")
def result(request, race, heat):
    found = RACES[race]
    winner = found["rider"]
    time.sleep(SECONDS)
    return 200, {"race": race, "heat": int(heat), "winner": winner, "laps": found["laps"]}


if __name__ == "__main__":
    app.serve(8000, threads=False)
