"""A double of the booking partner."""

from microweb import App

app = App()
ROOMS = {"single": 90, "double": 140, "suite": 320}


@app.route("GET", r"/v1/rooms/(\w+)")
def room(request, kind):
    if request["headers"].get("authorization") != "Bearer not-a-real-token":
        return 401, {"error": "invalid_token", "detail": "a bearer token is required"}
    return 200, {"kind": kind, "price": ROOMS[kind]}


@app.route("GET", "/health")
def health(request):
    return 200, {"status": "ok"}


if __name__ == "__main__":
    app.serve(8100)
