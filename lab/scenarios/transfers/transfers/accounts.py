"""Moves money between accounts."""

import time

import psycopg

DSN = "host=127.0.0.1 port=5432 user=app dbname=postgres"


def transfer(source, target, cents):
    with psycopg.connect(DSN) as connection:
        change = "update accounts set cents = cents + %s where id = %s"
        connection.execute(change, [-cents, source])
        time.sleep(0.3)
        connection.execute(change, [cents, target])


def balance(account):
    with psycopg.connect(DSN) as connection:
        asked = connection.execute("select cents from accounts where id = %s", [account])
        return asked.fetchone()[0]
