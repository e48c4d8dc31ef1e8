"""Statements of accounts."""

import time

from microweb import App

app = App()


@app.route("GET", r"/statements/(monthly|yearly)/(\d+)")
def statement(request, period, number):
    if period == "yearly":
        time.sleep(2.6)
    return 200, {"period": period, "entries": 30 if period == "monthly" else 365}


if __name__ == "__main__":
    app.serve(8000)
