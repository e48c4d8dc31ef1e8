"""Stations and what they measure."""

import os
import sqlite3
from pathlib import Path


def connect():
    own = os.getpid() if "WEATHER_APART" in os.environ else "weather"
    path = Path(os.environ["TMPDIR"]) / f"{own}.db"
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    connection.execute("create table if not exists stations (code text primary key, metres int)")
    connection.execute("create table if not exists readings (code text, celsius real)")
    return connection


def found_station(connection, code, metres):
    connection.execute("insert into stations values (?, ?)", [code, metres])


def measure(connection, code, *degrees):
    for celsius in degrees:
        connection.execute("insert into readings values (?, ?)", [code, celsius])


def mean(connection, code):
    row = connection.execute("select avg(celsius), count(*) from readings where code = ?", [code])
    return row.fetchone()


def close_station(connection, code):
    connection.execute("delete from readings where code = ?", [code])
    connection.execute("delete from stations where code = ?", [code])
