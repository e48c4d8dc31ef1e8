"""Sends pigeons to the loft."""

import socket

PATIENCE = 1.3


class LostPigeon(Exception):
    """A pigeon that did not come back."""


def send(errand, bird):
    with socket.create_connection(("127.0.0.1", 7310), 10) as line:
        line.settimeout(PATIENCE)
        line.sendall(f"{errand} {bird}\n".encode())
        try:
            word, number = line.recv(64).decode().split()
        except TimeoutError:
            raise LostPigeon(f"{bird} is not back from its errand ({errand})") from None
    return {"word": word.lower(), "ring": int(number)}


def route(*places):
    return " > ".join(place.title() for place in places if place)
