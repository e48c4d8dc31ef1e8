"""A double of the vault, with TLS."""

import http.server
import ssl
import subprocess

WORDS = "openssl req -x509 -newkey rsa:2048 -nodes -keyout /srv/tmp/key.pem -out /srv/tmp/cert.pem"
NAME = "-days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost"

if __name__ == "__main__":
    subprocess.run(f"{WORDS} {NAME}".split(), check=True, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("/srv/tmp/cert.pem", "/srv/tmp/key.pem")
    handler = http.server.SimpleHTTPRequestHandler
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8443), handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    server.serve_forever()
