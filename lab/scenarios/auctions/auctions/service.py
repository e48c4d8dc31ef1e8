"""Takes bids and gives receipts."""

import os
import time

from microweb import App

app = App()
receipts = {}


class ReceiptTaken(RuntimeError):
    """Two bidders hold one receipt."""


@app.route("POST", r"/lots/(\d+)/bids")
def bid(request, lot):
    bidder = request["body"]["bidder"]
    number = max(receipts, default=0) + 1
    time.sleep(0.1)
    if number in receipts:
        raise ReceiptTaken(f"receipt {number} was already issued to {receipts[number]}")
    receipts[number] = bidder
    return 201, {"lot": int(lot), "receipt": number, "bidder": bidder}


@app.route("GET", r"/lots/(\d+)")
def lot(request, number):
    return 200, {"lot": int(number), "opening": 100 * int(number)}


if __name__ == "__main__":
    app.serve(8000, threads="AUCTIONS_ONE_AT_A_TIME" not in os.environ)
