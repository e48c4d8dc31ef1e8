"""A service that fails when it is asked to."""

import time

from microweb import App

app = App()


@app.route("GET", r"/fail/(\d+)")
def fail(request, status):
    if status == "500":
        raise RuntimeError("could not allocate memory: Cannot allocate memory")
    if status == "504":
        time.sleep(1)
    return int(status), {"detail": "on purpose"}


if __name__ == "__main__":
    app.serve(8000)
