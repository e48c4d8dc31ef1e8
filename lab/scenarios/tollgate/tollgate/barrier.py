"""The barrier, and a simulator of it."""

import os
import socket
import threading

PORT = int(os.environ.get("TOLLGATE_PORT", "17450"))


class Simulator:
    def __enter__(self):
        self.server = socket.socket()
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self.server.bind(("127.0.0.1", PORT))
        except OSError:
            self.server.close()
            raise
        self.server.listen()
        self.thread = threading.Thread(target=self.answer, daemon=True)
        self.thread.start()
        return self.server.getsockname()[1]

    def __exit__(self, *_):
        self.thread.join(5)
        self.server.close()

    def answer(self):
        peer, _ = self.server.accept()
        with peer:
            peer.sendall(b"OPEN\n" if peer.recv(16) == b"open\n" else b"SHUT\n")


def ask(port, word):
    with socket.create_connection(("127.0.0.1", port), 5) as peer:
        peer.sendall(f"{word}\n".encode())
        return peer.recv(16).decode().strip()
