"""A small web framework, as a shop's platform team would keep it: routes, JSON, a log."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = tuple[int, Any]
View = Callable[..., Answer]
logger = logging.getLogger("app")


class App:
    """Routes of one service."""

    def __init__(self) -> None:
        self.routes: list[tuple[str, re.Pattern[str], View]] = []

    def route(self, method: str, pattern: str) -> Callable[[View], View]:
        """Register a view under a method and a path."""

        def register(view: View) -> View:
            self.routes.append((method, re.compile(pattern), view))
            return view

        return register

    def answer(self, method: str, path: str, body: Any, headers: Any) -> Answer:
        """Find the view of a request and call it."""
        parts = urlsplit(path)
        for verb, pattern, view in self.routes:
            if verb == method and (match := pattern.fullmatch(parts.path)):
                return view(
                    {"body": body, "query": dict(parse_qsl(parts.query)), "headers": headers},
                    *match.groups(),
                )
        return 404, {"detail": "not found"}

    def serve(self, port: int, threads: bool = True) -> None:
        """Listen until somebody ends the process."""
        logging.basicConfig(
            stream=sys.stdout,
            level=logging.INFO,
            format="%(asctime)s %(levelname)s [%(name)s] %(message)s",
        )
        server = (ThreadingHTTPServer if threads else HTTPServer)(
            ("127.0.0.1", port), handler(self)
        )
        server.request_queue_size = 128
        server.socket.listen(128)
        logger.info("listening on 127.0.0.1:%d", port)
        server.serve_forever()


def handler(app: App) -> type[BaseHTTPRequestHandler]:
    """Return the class that speaks HTTP for an application."""

    class Handler(BaseHTTPRequestHandler):
        """One connection."""

        def respond(self) -> None:
            """Answer one request; what a view raises is logged and becomes a 500."""
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            try:
                status, told = app.answer(self.command, self.path, body, self.headers)
            except Exception:
                logger.exception("unhandled error in %s %s", self.command, self.path)
                status, told = 500, {"detail": "internal server error"}
            data = json.dumps(told).encode()
            try:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                if status == 429:
                    self.send_header("retry-after", "2")
                self.end_headers()
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                logger.info("client went away during %s %s", self.command, self.path)

        do_GET = do_POST = do_PUT = do_DELETE = respond  # noqa: N815 - http.server calls them so

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name is given
            """Write an access line."""
            logger.info(format, *args)

    return Handler
