"""Asks the tower for a berth."""

import os
import socket


class Line:
    """A line to the tower, and who is at its other end."""

    def __init__(self):
        self.here, self.tower = socket.socketpair()
        self.ends = [self]

    def close(self):
        self.here.close()
        self.tower.close()


def berth(ship, metres):
    line = Line()
    line.here.sendall(f"{ship} {metres}\n".encode())
    asked = line.tower.recv(100).decode().split()
    if "HARBOUR_CLOSES" in os.environ:
        line.close()
    return f"{'deep' if int(asked[1]) > 150 else 'quay'}-{asked[0]}"
