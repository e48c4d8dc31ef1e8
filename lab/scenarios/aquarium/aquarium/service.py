"""Pumps, some of which are broken so that somebody can learn to mend them."""

import errno
import logging

from microweb import App

app = App()
log = logging.getLogger("aquarium.pumps")


@app.route("GET", r"/pumps/broken")
def broken(request):
    log.error("FATAL: sorry, too many clients already")
    raise OSError(errno.EMFILE, "Too many open files")


@app.route("GET", r"/pumps/flooded")
def flooded(request):
    log.error("Out of memory: Killed process 4711 (pump)")
    raise MemoryError("cannot allocate 3.2 GiB for the flood")


@app.route("GET", r"/pumps/busy")
def busy(request):
    return 429, {"detail": "too many requests"}


@app.route("GET", r"/pumps/resting")
def resting(request):
    return 503, {"detail": "QueuePool limit of size 5 overflow 10 reached"}


@app.route("GET", r"/pumps/(\d+)")
def pump(request, number):
    return 200, {"pump": int(number), "litres": 12}


if __name__ == "__main__":
    app.serve(8000)
