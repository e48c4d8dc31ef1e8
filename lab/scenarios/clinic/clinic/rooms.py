"""Books rooms of a clinic."""

import time

from psycopg_pool import ConnectionPool

DSN = "host=127.0.0.1 port=5432 user=clinic dbname=postgres"


class Rooms:
    """Four desks book at the same time, so the pool has four connections."""

    def __init__(self):
        self.pool = ConnectionPool(DSN, min_size=4, max_size=4, timeout=4, open=True)
        self.pool.wait(timeout=4)

    def book(self, room, hour):
        with self.pool.connection() as connection:
            connection.execute("insert into slots values (%s, %s)", [room, hour])
            time.sleep(0.2)
            return connection.execute("select count(*) from slots").fetchone()[0]

    def close(self):
        self.pool.close()
