"""Signs people up."""

import itertools

from microweb import App

app = App()
turns = itertools.count()


@app.route("POST", "/people")
def sign_up(request):
    return 201, {"name": request["body"]["name"].split("'")[0]}


@app.route("POST", "/codes")
def code(request):
    if next(turns) % 2 == 0:
        return 503, {"detail": "the code generator is warming up"}
    return 201, {"code": "4711"}


if __name__ == "__main__":
    app.serve(8000)
