"""A weather station; the snow gauge has become slow."""

import contextlib
import socket
import threading
import time

SLOW = {"snow": 1.9, "drift": 1.7}


def serve(peer):
    with peer:
        word = peer.recv(100).decode().strip()
        time.sleep(SLOW.get(word, 0.02))
        with contextlib.suppress(OSError):
            peer.sendall(f"{word} {len(word) * 4}\n".encode())


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 7410), backlog=64) as door:
        while True:
            peer, _ = door.accept()
            threading.Thread(target=serve, args=(peer,), daemon=True).start()
