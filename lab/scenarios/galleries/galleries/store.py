"""The object store that holds photos."""

import os
import time

from microweb import App

SECONDS = float(os.environ.get("STORE_SECONDS", "0.06"))
app = App()


@app.route("GET", r"/photos/(\d+)")
def photo(request, number):
    time.sleep(SECONDS)
    return 200, {"number": int(number), "bytes": int(number) * 1000}


if __name__ == "__main__":
    app.serve(8003, threads=False)
