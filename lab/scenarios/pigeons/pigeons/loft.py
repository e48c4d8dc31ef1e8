"""The loft: one keeper, who sees to one pigeon after the other."""

import contextlib
import os
import socket
import threading
import time

ROOMY = os.environ.get("LOFT_ROOMY") == "yes"


def serve(peer):
    with peer:
        words = peer.recv(200).decode().split()
        if not words:
            return
        time.sleep(0.4)
        with contextlib.suppress(OSError):
            peer.sendall(f"RING {sum(map(ord, words[-1]))}\n".encode())


def main(port=7310):
    with socket.create_server(("127.0.0.1", port), backlog=64) as door:
        while True:
            peer, _ = door.accept()
            if ROOMY:
                threading.Thread(target=serve, args=(peer,), daemon=True).start()
            else:
                serve(peer)


if __name__ == "__main__":
    main()
