"""Profiles of members."""

import os
import time

from microweb import App

app = App()


@app.route("PUT", r"/members/(\w+)/profile")
def save(request, member):
    time.sleep(0.4)
    return 200, {"member": member, **request["body"]}


@app.route("GET", "/health")
def health(request):
    return 200, {"status": "up"}


if __name__ == "__main__":
    app.serve(8000, threads="PROFILES_THREADS" in os.environ)
