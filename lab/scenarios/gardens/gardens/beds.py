"""Beds and what grows in them."""

import sqlite3
import time

from gardens.places import place


def connect():
    connection = sqlite3.connect(place("gardens.db"), timeout=0.45, isolation_level=None)
    connection.execute("create table if not exists beds (plant text, count integer)")
    return connection


def sow(plant, count):
    connection = connect()
    try:
        connection.execute("begin immediate")
        connection.execute("insert into beds values (?, ?)", [plant, count])
        time.sleep(0.18)
        connection.execute("commit")
        return connection.execute("select count(*) from beds where plant = ?", [plant]).fetchone()[
            0
        ]
    finally:
        connection.close()


def rows(length, distance):
    return length // distance + 1
