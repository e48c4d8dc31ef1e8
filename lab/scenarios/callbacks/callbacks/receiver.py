"""Receives calls of partners."""

import socketserver
import threading


class Receiver(socketserver.TCPServer):
    """Counts the lines that it is sent."""

    allow_reuse_address = True

    def __init__(self, port):
        self.received = []
        super().__init__(("127.0.0.1", port), Line)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


class Line(socketserver.StreamRequestHandler):
    """One call."""

    def handle(self):
        self.server.received.append(self.rfile.readline().decode().strip())
        self.wfile.write(b"ok\n")
