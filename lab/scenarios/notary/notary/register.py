"""The register of deeds; each seal has a machine of its own."""

import logging
import os

from microweb import App

app = App()
log = logging.getLogger("notary.register")
MACHINES = {"stamp": 1, "ribbon": 2, "ink": 3}
if os.environ.get("REGISTER_SEALS") == "all":
    MACHINES["wax"] = 4


@app.route("POST", r"/deeds/([\w-]+)/seal/(\w+)")
def seal(request, deed, kind):
    if kind not in MACHINES:
        log.critical("no machine for %s: stopping before it does harm", kind)
        os._exit(3)
    return 201, {"deed": deed, "machine": MACHINES[kind]}


@app.route("GET", r"/deeds/([\w-]+)")
def deed(request, name):
    return 200, {"deed": name, "pages": len(name)}


if __name__ == "__main__":
    app.serve(8000)
