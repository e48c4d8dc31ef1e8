"""Tells cars where to go, over HTTP."""

import logging
import os
import threading
from http.server import ThreadingHTTPServer

from microweb import App, handler

log = logging.getLogger("funicular.dispatcher")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
PORT = 9300 + (int(WORKER) if os.environ.get("FUNICULAR_APART") else 0)


def app_with(cars):
    app = App()

    @app.route("GET", r"/cars/(\w+)")
    def car(request, name):
        return 200, {"car": name, "metres": cars.get(name, 0)}

    @app.route("PUT", r"/cars/(\w+)")
    def move(request, name):
        cars[name] = request["body"]["metres"]
        return 200, {"car": name, "cars": len(cars)}

    return app


def started():
    """Start a dispatcher, unless there is one."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), handler(app_with({})))
    except OSError as error:
        log.warning("dispatcher not started (%s), using the one that is there", error)
        return None
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server
