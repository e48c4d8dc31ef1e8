"""Two presses, and books that wait for them."""

import os
import threading
import time

from microweb import App

app = App()
free = threading.Semaphore(2)
books = {}
SECONDS = float(os.environ.get("BINDING_SECONDS", "1.1"))


def bind(name):
    with free:
        books[name] = "on the press"
        time.sleep(SECONDS)
        books[name] = "bound"


@app.route("POST", r"/books/([\w-]+)")
def accept(request, name):
    books[name] = "waiting"
    threading.Thread(target=bind, args=(name,), daemon=True).start()
    return 202, {"book": name}


@app.route("GET", r"/books/([\w-]+)")
def state(request, name):
    return 200, {"book": name, "state": books.get(name, "unknown")}


if __name__ == "__main__":
    app.serve(8000)
