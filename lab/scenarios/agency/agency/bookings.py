"""Trips and what they cost."""

import time

import psycopg

DSN = "host=127.0.0.1 port=5432 user=agency dbname=postgres connect_timeout=20"


def connect():
    return psycopg.connect(DSN, autocommit=True)


def book(number, place):
    with connect() as writer, connect() as reader:
        writer.execute("insert into bookings values (%s, %s)", [number, place])
        time.sleep(0.3)
        asked = reader.execute("select place from bookings where number = %s", [number])
        found = asked.fetchone()[0]
        writer.execute("delete from bookings where number = %s", [number])
    return found


def discounted(cents, percent):
    once = cents * (100 - percent) // 100
    return once * (100 - percent) // 100
