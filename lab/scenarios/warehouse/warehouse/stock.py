"""Stock movements between bins."""

import time

import psycopg

DSN = "host=127.0.0.1 port=5432 user=warehouse dbname=postgres connect_timeout=20"


class Stock:
    """Reads on one connection, writes on another, listens on a third."""

    def __init__(self) -> None:
        self.reader = psycopg.connect(DSN, autocommit=True)
        self.writer = psycopg.connect(DSN, autocommit=True)
        self.feed = psycopg.connect(DSN, autocommit=True)
        self.feed.execute("listen movements")

    def units(self, code: str) -> int:
        row = self.reader.execute("select units from bins where code = %s", [code]).fetchone()
        return row[0]

    def move(self, code: str, units: int) -> int:
        self.writer.execute("update bins set units = units + %s where code = %s", [units, code])
        time.sleep(0.15)
        return self.units(code)

    def close(self) -> None:
        for connection in (self.reader, self.writer, self.feed):
            connection.close()
