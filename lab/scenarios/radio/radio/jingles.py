"""Keeps jingles on two disks."""

import logging

from microweb import App

logger = logging.getLogger("jingles")
app = App()
BROKEN = {"news", "traffic"}


@app.route("GET", r"/jingles/(\w+)")
def jingle(request, name):
    if name in BROKEN:
        logger.error("disk b does not answer: %s is there", name)
        return 503, {"detail": "disk b does not answer"}
    return 200, {"jingle": name, "seconds": len(name)}


if __name__ == "__main__":
    app.serve(8001)
