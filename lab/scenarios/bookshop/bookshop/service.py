"""Sells books."""

import sys

from microweb import App

app = App()
PRICES = {"emma": 900, "ulysses": 1900, "walden": 1200}


@app.route("GET", r"/books/(\w+)")
def book(request, title):
    if title not in PRICES:
        return 404, {"detail": "no such book"}
    return 200, {"title": title, "cents": PRICES[title]}


if __name__ == "__main__":
    app.serve(int(sys.argv[1]))
