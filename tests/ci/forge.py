"""GitHub's API on loopback, as much of it as the second stage asks for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Query = dict[str, list[str]]


class Forge:
    """What the API knows, and what it was asked."""

    def __init__(self) -> None:
        self.pulls: Any = []
        self.artifacts: list[dict[str, Any]] = []
        self.archive = b""
        self.comments: list[dict[str, Any]] = []
        self.asked: list[tuple[str, Query, str]] = []
        self.address = ""

    def answer(self, path: str) -> Any:
        """Return what is there, or None."""
        if path == "/repos/octo/shop/pulls":
            return self.pulls
        if path == "/repos/octo/shop/actions/runs/77/artifacts":
            return {"total_count": len(self.artifacts), "artifacts": self.artifacts}
        if path == "/repos/octo/shop/issues/7/comments":
            return self.comments
        return None

    def write(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        """Make a comment, or change the one whose number the path ends with."""
        place = f"{self.address}/repos/octo/shop/issues/comments"
        if path.endswith("/issues/7/comments"):
            number = len(self.comments) + 1
            bot = {"login": "github-actions[bot]", "type": "Bot"}  # as a job's token is called
            self.comments.append({"id": number, "url": f"{place}/{number}", "user": bot})
            comment = self.comments[-1]
        else:
            comment = self.comments[int(path.rpartition("/")[2]) - 1]
        comment.update(told)
        return comment


class Answer(BaseHTTPRequestHandler):
    """Answers as the forge of its server says."""

    server: "Server"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        token = self.headers.get("Authorization", "")
        self.server.forge.asked.append((parts.path, parse_qs(parts.query), token))
        if parts.path.endswith("/zip"):
            # Files lie with somebody else, who must not get to see the token.
            there = self.server.forge.address.replace("127.0.0.1", "localhost")
            self._send(302, b"", Location=f"{there}/files/artifact")
        elif parts.path == "/files/artifact":
            self._send(200, self.server.forge.archive)
        elif (found := self.server.forge.answer(parts.path)) is None:
            self._send(404, b"{}")
        else:
            self._send(200, json.dumps(found).encode())

    def do_POST(self) -> None:
        self._write(201)

    def do_PATCH(self) -> None:
        self._write(200)

    def _write(self, status: int) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._send(status, json.dumps(self.server.forge.write(self.path, told)).encode())

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class Server(ThreadingHTTPServer):
    """A server that knows its forge."""

    def __init__(self, forge: Forge) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.forge = forge


@contextmanager
def serving(forge: Forge) -> Iterator[Forge]:
    """Let the API answer on loopback for as long as it is needed."""
    server = Server(forge)
    forge.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield forge
    finally:
        server.shutdown()
        server.server_close()
