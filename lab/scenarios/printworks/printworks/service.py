"""Takes print jobs and spools them, a file for each ink."""

import contextlib
import tempfile
import time

from microweb import App

app = App()
INKS = ["cyan", "magenta", "yellow", "black", "white", "varnish"]


@app.route("POST", r"/jobs/([\w-]+)")
def print_job(request, name):
    with contextlib.ExitStack() as spool:
        plates = [spool.enter_context(tempfile.TemporaryFile()) for _ in INKS]
        for plate in plates:
            plate.write(request["body"]["text"].encode())
        time.sleep(0.5)
        return 201, {"job": name, "bytes": sum(plate.tell() for plate in plates)}


@app.route("GET", r"/inks")
def inks(request):
    return 200, INKS


if __name__ == "__main__":
    app.serve(8000)
