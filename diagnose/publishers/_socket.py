"""Connections that can't be kept waiting: not for long in silence, and not for ever by a drip."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import BaseHandler, HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler

Until = Callable[[], float]


class _Ear(io.RawIOBase):
    """What is heard on a socket, until time is up.

    A time-out of the socket counts from byte to byte; a server that sends one now and then would
    be listened to for hours.
    """

    def __init__(self, sock: socket.socket, left: Until, silence: float) -> None:
        self._sock = sock
        self._file = sock.makefile("rb", buffering=0)
        self._left = left
        self._silence = silence

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Hear some more."""
        left = self._left()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(left, self._silence))
        return self._file.readinto(buffer)

    def close(self) -> None:
        """Close the socket too."""
        self._file.close()
        super().close()


class _Listener:
    """A socket as a response sees it: something to make a file of."""

    def __init__(self, sock: socket.socket, left: Until, silence: float) -> None:
        self._ear = partial(_Ear, sock, left, silence)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Make the file that the response is read from."""
        assert mode == "rb"  # noqa: S101 - what http.client asks for
        return io.BufferedReader(self._ear())


def _response(left: Until, silence: float) -> Callable[..., HTTPResponse]:
    def response(sock: socket.socket, *words: Any, **named: Any) -> HTTPResponse:
        listener: Any = _Listener(sock, left, silence)
        return HTTPResponse(listener, *words, **named)

    return response


class _Plain(HTTPHandler):
    def __init__(self, response: Callable[..., HTTPResponse]) -> None:
        super().__init__()
        self._response = response

    def http_open(self, req: Any) -> Any:
        return self.do_open(partial(_connected, HTTPConnection, self._response), req)


class _Secure(HTTPSHandler):
    def __init__(self, response: Callable[..., HTTPResponse]) -> None:
        super().__init__()
        self._response = response

    def https_open(self, req: Any) -> Any:
        kind = partial(HTTPSConnection, context=ssl.create_default_context())
        return self.do_open(partial(_connected, kind, self._response), req)


def _connected(
    kind: Callable[..., HTTPConnection],
    response: Callable[..., HTTPResponse],
    host: str,
    **words: Any,
) -> HTTPConnection:
    connection = kind(host, **words)
    connection.response_class = response  # type: ignore[assignment]  # it is only ever called
    return connection


def opener(now: Callable[[], float], until: float, silence: float) -> OpenerDirector:
    """Return what opens http and https, follows no redirect, and raises for no status."""
    response = _response(lambda: until - now(), silence)
    director = OpenerDirector()
    handlers: list[BaseHandler] = [ProxyHandler(), _Plain(response), _Secure(response)]
    for handler in handlers:
        director.add_handler(handler)
    return director
