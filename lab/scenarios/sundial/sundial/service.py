"""Shadows are hard to calculate, and are calculated one by one."""

import os
import time

from microweb import App

app = App()


@app.route("GET", r"/shadow/(\d+)")
def shadow(request, hour):
    time.sleep(0.35)
    return 200, {"degrees": (int(hour) - 12) * 15}


if __name__ == "__main__":
    app.serve(8000, threads=os.environ.get("SUNDIAL_THREADS") == "yes")
