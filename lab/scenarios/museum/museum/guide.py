"""Tells visitors about exhibits, one visitor after the other."""

import os
import time

from microweb import App

app = App()


@app.route("GET", r"/exhibits/(\d+)")
def tell(request, number):
    time.sleep(float(os.environ.get("GUIDE_SECONDS", "0.4")))
    return 200, {"number": int(number), "minutes": 3}


if __name__ == "__main__":
    app.serve(8000, threads=False)
