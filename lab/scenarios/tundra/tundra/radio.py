"""Asks the station over a line."""

import socket


class RadioSilence(Exception):
    """Nothing was heard."""


def ask(word):
    with socket.create_connection(("127.0.0.1", 7410), 10) as line:
        line.settimeout(1.2)
        line.sendall(f"{word}\n".encode())
        try:
            return int(line.recv(64).decode().split()[1])
        except TimeoutError:
            raise RadioSilence(f"nothing heard of {word!r}") from None


def chill(degrees, wind):
    return round(degrees - 0.7 * wind**0.5, 1)
