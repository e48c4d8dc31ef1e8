"""The hay server, a process of its own."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Hay(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"bales=%d" % (len(self.path) * 3)
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Strict(HTTPServer):
    allow_reuse_address = True


if __name__ == "__main__":
    Strict(("127.0.0.1", int(sys.argv[1])), Hay).serve_forever()
