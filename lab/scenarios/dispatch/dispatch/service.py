"""Plans the routes of vans."""

import os

from microweb import App, logger

app = App()


@app.route("POST", "/routes")
def plan(request):
    stops = request["body"]["stops"]
    if not stops:
        logger.critical("route table is inconsistent: no stops; giving up")
        os._exit(3)
    return 201, {"stops": sorted(stops), "km": 4 * len(stops)}


if __name__ == "__main__":
    app.serve(8000)
