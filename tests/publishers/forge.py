"""A forge on loopback: it keeps the comments of one pull request, pages them, and can misbehave."""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.publishers.dialects import DIALECTS, Dialect, Reply, Row

TOKEN = "fake-token-of-nobody"
ME = "diagnose-bot"
DRIP = 62
NOT_FOUND: Reply = (404, {}, {"message": "Not Found"})


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Fault:
    """How to misbehave, once, at the next request of that method; `done`: after doing the work."""

    kind: str
    method: str = ""
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"message": "Server Error"}'
    done: bool = False


@dataclass
class FakeForge:
    """What a forge knows, and what it was asked."""

    dialect: Dialect
    page: int = 100
    limit: int = 1 << 30
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    like: dict[str, Any] = field(default_factory=dict)
    me_like: dict[str, Any] = field(default_factory=dict)
    may_delete: bool = True
    knows_me: bool = True
    url: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    guard: threading.Lock = field(default_factory=threading.Lock)
    tick: Callable[[float], None] = field(default=lambda _: None)
    looked_at: Callable[[Asked, int, Any], object] = field(default=lambda *_: None)

    def have(self, body: str, *, author: str = ME, machine: bool = True) -> Row:
        """Put a comment on the pull request."""
        row = Row(len(self.rows) + 1, body, author, machine)
        self.rows.append(row)
        return row

    def bodies(self, marker: str = "") -> list[str]:
        """Return what stands in the comments, those with the marker only."""
        return [row.body for row in self.rows if not row.deleted and row.body.startswith(marker)]

    def methods(self) -> list[str]:
        """Return what was asked for, in order."""
        return [asked.method for asked in self.asked]

    def next_fault(self, method: str) -> Fault | None:
        """Return how to misbehave now, if at all."""
        for fault in self.faults:
            if fault.method in ("", method):
                self.faults.remove(fault)
                return fault
        return None

    def answer(self, asked: Asked) -> Reply:
        """Do what is asked: status, headers, data."""
        if TOKEN not in " ".join(asked.headers.values()):
            return 401, {}, {"message": "Bad credentials"}
        if asked.path.endswith("/user"):
            me = {**self.me_like, **self.dialect.user(ME)}
            return (200, {}, me) if self.knows_me else (403, {}, {})
        listing = re.fullmatch(self.dialect.listing, asked.path)
        one = re.fullmatch(self.dialect.one, asked.path)
        if listing and asked.method == "GET":
            return self._list(asked)
        if listing and asked.method == "POST":
            return self._write(asked, None)
        row = next((r for r in self.rows if one and r.id == int(one[1]) and not r.deleted), None)
        return self._one(asked, row) if row else NOT_FOUND

    def _one(self, asked: Asked, row: Row) -> Reply:
        if asked.method == "DELETE":
            return self._delete(row)
        return self._write(asked, row) if asked.method == self.dialect.edit else NOT_FOUND

    def _row(self, row: Row) -> dict[str, Any]:
        """Show a comment, beside what the forge's own example shows."""
        said = self.dialect.row(row)
        deeper = {
            name: {**self.like[name], **value}
            for name, value in said.items()
            if isinstance(value, dict) and isinstance(self.like.get(name), dict)
        }
        return {**self.like, **said, **deeper}

    def _list(self, asked: Asked) -> Reply:
        number = int(asked.query.get("page", "1"))
        kept = self.rows if self.dialect.keeps_deleted else [r for r in self.rows if not r.deleted]
        shown = kept[(number - 1) * self.page : number * self.page]
        following = number + 1 if number * self.page < len(kept) else 0
        url = f"{self.url}{asked.path}?page={following}" if following else ""
        return self.dialect.paged([self._row(each) for each in shown], following, url)

    def _write(self, asked: Asked, row: Row | None) -> Reply:
        body = self.dialect.text(asked.body)
        if len(body) > self.limit:
            return self.dialect.too_long
        if row is None:
            return 201, {}, self._row(self.have(body))
        row.body = body
        return 200, {}, self._row(row)

    def _delete(self, row: Row) -> Reply:
        if not self.may_delete:
            return 403, {}, {"message": "Must have admin rights"}
        row.deleted = True
        return 204, {}, None


class Handler(BaseHTTPRequestHandler):
    """Answers as the forge says, or as the fault does."""

    forge: FakeForge

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def serve(self) -> None:
        """Take a request, and answer or misbehave."""
        parts = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query)),
            {name.lower(): value for name, value in self.headers.items()},
            json.loads(sent) if sent else None,
        )
        with self.forge.guard:
            self.forge.asked.append(asked)
            fault = self.forge.next_fault(self.command)
            if fault and not fault.done:
                status, headers, data = 0, dict[str, str](), None
            else:
                status, headers, data = self.forge.answer(asked)
                self.forge.looked_at(asked, status, data)
        if fault:
            self._misbehave(fault)
        else:
            self._send(status, headers, b"" if data is None else json.dumps(data).encode())

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = serve  # noqa: N815 - the library's names

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _misbehave(self, fault: Fault) -> None:
        with suppress(OSError):  # the other side does not wait for ever
            if fault.kind == "status":
                self._send(fault.status, fault.headers, fault.body)
            elif fault.kind == "reset":
                linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                socket.close(self.connection.detach())
            elif fault.kind == "silence":
                self.forge.stopped.wait(5)
            elif fault.kind == "drip":
                self._drip(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + b"[" * DRIP)
            elif fault.kind == "drip_header":
                self._drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * DRIP)
        self.close_connection = True

    def _drip(self, data: bytes) -> None:
        """Send a byte a second, by the clock of who listens; more than a minute, then no more."""
        for byte in data[:DRIP]:
            self.forge.tick(1)
            self.wfile.write(bytes([byte]))
        self.forge.stopped.wait(5)


@contextmanager
def serving(
    dialect: str, secure: ssl.SSLContext | None = None, **words: Any
) -> Iterator[FakeForge]:
    """Serve a forge on loopback, and stop."""
    forge = FakeForge(DIALECTS[dialect], **words)
    handler = type("Bound", (Handler,), {"forge": forge})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if secure:
        server.socket = secure.wrap_socket(server.socket, server_side=True)
    forge.url = f"http{'s' if secure else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield forge
    finally:
        forge.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Hours:
    """Time that passes only when somebody sleeps, or a slow server lets it."""

    slept: list[float] = field(default_factory=list)
    ticked: float = 0.0

    def now(self) -> float:
        """Tell the seconds since some moment."""
        return self.ticked + sum(self.slept)

    def date(self) -> float:
        """Tell the seconds since 1970, which stand still."""
        return 1_768_403_910.0

    def sleep(self, seconds: float) -> None:
        """Let time pass without waiting."""
        self.slept.append(seconds)

    def tick(self, seconds: float) -> None:
        """Let time pass meanwhile."""
        self.ticked += seconds
