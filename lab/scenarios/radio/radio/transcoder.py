"""Makes programmes smaller, one after the other."""

import os
import time

from microweb import App

app = App()


@app.route("POST", r"/programmes/(\w+)")
def transcode(request, name):
    time.sleep(float(os.environ.get("TRANSCODER_SECONDS", "0.4")))
    return 200, {"programme": name, "kilobits": request["body"]["kilobits"]}


if __name__ == "__main__":
    app.serve(8000, threads=False)
