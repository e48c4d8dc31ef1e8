"""Opens compartments of parcel lockers."""

import os
import time

from microweb import App
from sqlalchemy import QueuePool, create_engine, text

from lockers.sizes import LITRES

engine = create_engine(
    "sqlite:////srv/tmp/lockers.db",
    poolclass=QueuePool,
    pool_size=int(os.environ.get("LOCKERS_POOL", "2")),
    max_overflow=0,
    pool_timeout=0.9,
)
app = App()


@app.route("POST", r"/stations/(\w+)/deliveries")
def deliver(request, station):
    litres = LITRES[request["body"]["size"]]
    with engine.connect() as connection:
        door = connection.execute(text("select :litres % 17"), {"litres": litres}).scalar_one()
        time.sleep(0.4)
    return 201, {"station": station, "door": door}


@app.route("GET", r"/stations/(\w+)")
def station(request, name):
    return 200, {"station": name, "doors": 17}


if __name__ == "__main__":
    app.serve(8000)
