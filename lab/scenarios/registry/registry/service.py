"""The land registry: deeds, entered and found."""

import time
from contextlib import closing

import psycopg

from microweb import App

app = App()
DSN = "host=127.0.0.1 user=app dbname=postgres"


def connected():
    return closing(psycopg.connect(DSN, autocommit=True))


@app.route("POST", r"/deeds/([\w-]+)")
def enter(request, parcel):
    try:
        with connected() as deeds, connected() as audit:
            owner = request["body"]["owner"]
            deeds.execute("insert into deeds values (%s, %s)", (parcel, owner))
            audit.execute("select pg_sleep(0.4)")
    except psycopg.OperationalError as error:
        return 500, {"error": type(error).__name__, "detail": str(error)}
    return 201, {"parcel": parcel, "owner": owner}


@app.route("GET", r"/deeds/([\w-]+)")
def find(request, parcel):
    with connected() as deeds, connected() as maps:
        maps.execute("select pg_sleep(0.4)")
        row = deeds.execute("select owner from deeds where parcel = %s", (parcel,)).fetchone()
    return 200, {"parcel": parcel, "owner": row and row[0]}


@app.route("GET", r"/fees/(\d+)")
def fee(request, price):
    return 200, {"fee": int(price) // 100}


if __name__ == "__main__":
    time.tzset()
    app.serve(8000)
