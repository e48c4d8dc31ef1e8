"""Takes messages, and hands them to the one operator who delivers them."""

import logging
import os
import queue
import threading
import time

from microweb import App

app = App()
waiting = queue.Queue()
inboxes = {}
log = logging.getLogger("telegraph.operator")
SECONDS = float(os.environ.get("OFFICE_SECONDS", "0.5"))


def operate():
    while True:
        station, text, came = waiting.get()
        time.sleep(SECONDS)
        inboxes.setdefault(station, []).append({"text": text, "words": len(text.split())})
        waited = time.time() - came
        log.info("delivered to %s after %.1f s, %d waiting", station, waited, waiting.qsize())


@app.route("POST", r"/stations/([\w-]+)/messages")
def send(request, station):
    waiting.put((station, request["body"]["text"], time.time()))
    return 202, {"queued": waiting.qsize()}


@app.route("GET", r"/stations/([\w-]+)/messages")
def inbox(request, station):
    return 200, inboxes.get(station, [])


if __name__ == "__main__":
    threading.Thread(target=operate, daemon=True).start()
    app.serve(8000)
