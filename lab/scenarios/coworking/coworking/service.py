"""Rooms of a house, each with a name of its own."""

import threading

from microweb import App

app = App()
lock = threading.Lock()
rooms = {}


@app.route("POST", r"/rooms")
def open_room(request):
    name = request["body"]["name"]
    with lock:
        if name in rooms:
            return 409, {"reason": f"this house has a room called {name}"}
        rooms[name] = []
    return 201, {"name": name}


@app.route("POST", r"/rooms/([a-z-]+)/people")
def come(request, name):
    with lock:
        if name not in rooms:
            return 404, {"reason": f"there is no room called {name}"}
        rooms[name].append(request["body"]["person"])
        return 200, {"people": rooms[name]}


@app.route("GET", r"/rooms/([a-z-]+)")
def show(request, name):
    with lock:
        if name not in rooms:
            return 404, {"reason": f"there is no room called {name}"}
        return 200, {"people": rooms[name]}


@app.route("DELETE", r"/rooms/([a-z-]+)")
def close(request, name):
    with lock:
        rooms.pop(name, None)
    return 200, {}


if __name__ == "__main__":
    app.serve(8000)
