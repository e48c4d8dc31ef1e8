"""Readings of tide gauges, and a journal."""

import os
import threading
import time
from contextlib import nullcontext

from sqlalchemy import QueuePool, create_engine, text

from microweb import App

app = App()
CAREFUL = os.environ.get("TIDAL_CAREFUL") == "yes"
table = {}
one_at_a_time = threading.Lock() if CAREFUL else nullcontext()
journal = create_engine(
    "sqlite:////srv/tmp/journal.db",
    poolclass=QueuePool,
    pool_size=20 if CAREFUL else 2,
    max_overflow=0,
    pool_timeout=0.5,
)


@app.route("PUT", r"/readings/([\w-]+)")
def write(request, gauge):
    global table
    with one_at_a_time:
        copy = dict(table)
        time.sleep(0.12)
        copy[gauge] = request["body"]["metres"]
        table = copy
    return 200, {"gauge": gauge}


@app.route("GET", r"/readings/([\w-]+)")
def read(request, gauge):
    return 200, {"gauge": gauge, "metres": table.get(gauge)}


@app.route("POST", r"/journal/([\w-]+)")
def note(request, gauge):
    with journal.connect() as connection:
        length = connection.execute(text("select length(:gauge)"), {"gauge": gauge}).scalar_one()
        time.sleep(0.9)
    return 201, {"gauge": gauge, "letters": length}


if __name__ == "__main__":
    app.serve(8000)
