"""Exports hours for the payroll office."""

import csv
import os
import time
from pathlib import Path

APART = str(os.getpid()) if "TIMESHEETS_APART" in os.environ else "exports"
LATEST = Path(__file__).parent.parent / APART / "latest.csv"


def write(rows):
    LATEST.parent.mkdir(exist_ok=True)
    with LATEST.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    time.sleep(0.15)


def read():
    with LATEST.open(newline="") as file:
        return [(name, int(hours)) for name, hours in csv.reader(file)]


def remove():
    LATEST.unlink()
