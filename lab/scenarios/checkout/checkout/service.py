"""Charges cards."""

from microweb import App

CENTS = {"EUR": 100, "USD": 100, "GBP": 100}
app = App()


def minor(amount, currency):
    return round(amount * CENTS[currency])


@app.route("POST", "/charges")
def charge(request):
    body = request["body"]
    return 201, {"booked": minor(body["amount"], body["currency"]), "currency": body["currency"]}


@app.route("POST", "/refunds")
def refund(request):
    body = request["body"]
    return 201, {"booked": -minor(body["amount"], body["currency"])}


if __name__ == "__main__":
    app.serve(8000)
