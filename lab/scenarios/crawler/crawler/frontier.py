"""Connections to the sites that are next in line."""

import socket
import struct
import time

AT_ONCE = 8


class Frontier:
    """Keeps connections open as long as pages of a site are wanted."""

    def __init__(self, port):
        self.port = port
        self.connections = []

    def open(self, count):
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connections.append(connection)
        time.sleep(0.4)
        return len(self.connections)

    def close(self):
        while self.connections:
            self.connections.pop().close()
