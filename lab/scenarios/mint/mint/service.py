"""Coins in a ledger, and one balance to weigh them."""

import os
import threading
import time
from contextlib import nullcontext

from microweb import App

app = App()
CAREFUL = os.environ.get("MINT_CAREFUL") == "yes"
ledger = {}
alone = threading.Lock() if CAREFUL else nullcontext()
balance = threading.Lock()


@app.route("PUT", r"/coins/([\w-]+)")
def enter(request, coin):
    global ledger
    with alone:
        copy = dict(ledger)
        time.sleep(0.0 if CAREFUL else 0.15)
        copy[coin] = {"grams": request["body"]["grams"]}
        ledger = copy
    return 200, {"coin": coin}


@app.route("GET", r"/coins/([\w-]+)")
def find(request, coin):
    return 200, ledger.get(coin)


@app.route("GET", r"/assays/(\w+)")
def assay(request, metal):
    with balance:
        time.sleep(0.0 if CAREFUL else 0.45)
        return 200, {"metal": metal, "purity": len(metal) / 10}


if __name__ == "__main__":
    app.serve(8000)
