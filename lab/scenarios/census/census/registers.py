"""Makes a register for whoever asks, one after the other."""

import os
import time

from microweb import App

app = App()
SECONDS = float(os.environ.get("REGISTERS_SECONDS", "1.4"))
STREETS = {"Mill Lane": [4, 2, 7], "High Street": [1, 1, 3, 5], "Quay": [6]}


@app.route("POST", r"/registers/(\w+)")
def make(request, name):
    time.sleep(SECONDS)
    return 201, {"name": name, "streets": STREETS}


if __name__ == "__main__":
    app.serve(8000, threads=False)
