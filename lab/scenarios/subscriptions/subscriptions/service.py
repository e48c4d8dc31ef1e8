"""Plans and renewals."""

import os
import time

from microweb import App
from sqlalchemy import QueuePool, create_engine, text

engine = create_engine(
    "sqlite:////srv/tmp/subscriptions.db",
    poolclass=QueuePool,
    pool_size=int(os.environ.get("SUBSCRIPTIONS_POOL", "1")),
    max_overflow=0,
    pool_timeout=1.0,
)
app = App()


@app.route("POST", r"/renewals/(\w+)")
def renew(request, plan):
    months = request["body"]["months"]
    with engine.connect() as connection:
        price = connection.execute(text("select :months * 9"), {"months": months}).scalar_one()
        time.sleep(0.4)
    return 201, {"plan": plan, "price": price}


@app.route("GET", "/plans")
def plans(request):
    return 200, ["basic", "team", "school"]


if __name__ == "__main__":
    app.serve(8000)
