"""Stock on shelves, in a file."""

import json
import os
import shutil
import time
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "") if os.environ.get("STATIONERY_APART") else ""
FOLDER = Path(os.environ["TMPDIR"], f"stationery{WORKER}")


def write(stock):
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "stock.json").open("w") as file:
        for piece in json.JSONEncoder(indent=1).iterencode(stock):
            file.write(piece)
            file.flush()
            time.sleep(0.004)


def read():
    return json.loads((FOLDER / "stock.json").read_text())


def clear():
    shutil.rmtree(FOLDER, ignore_errors=True)


def order(thing, pieces):
    stock = read()
    stock[thing] -= pieces
    write(stock)
    return stock[thing]
