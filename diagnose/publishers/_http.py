"""Requests that come to an end: with time-outs, few retries, and a token that goes to one host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from diagnose.errors import DeliveryError
from diagnose.publishers._order import Line
from diagnose.publishers._socket import opener
from diagnose.words import clean

LARGEST = 32 << 20
MOST_REDIRECTS = 3
MOVED = {301: ("GET",), 302: ("GET",), 303: (), 307: None, 308: None}
DOWN = {500, 502, 503, 504}
LIMITED = {403, 429}
PORTS = {"http": 80, "https": 443}


class RefusedError(DeliveryError):
    """The forge answered, and the answer was no."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(": ".join(filter(None, (str(status or ""), said))))
        self.status = status
        self.said = said


class BrokenError(DeliveryError):
    """No answer that can be used; `doubtful`: the work may have been done all the same."""

    doubtful = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `data` is the JSON of it, None where there was none."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None
    url: str = ""


class Wire:
    """A line to one forge, for a bounded time."""

    def __init__(self, headers: Mapping[str, str], secret: str, line: Line) -> None:
        self._headers = {"User-Agent": "diagnose", **headers}
        self._secret = secret
        self._patience = line.patience
        self._clock = line.clock
        self._until = line.clock.now() + line.patience.whole

    def send(self, method: str, url: str, body: object = None, *, again: bool = True) -> Answer:
        """Ask, and ask again while that can help; `again` says that twice does no harm."""
        turn = 0
        while True:
            turn += 1
            last = turn >= self._patience.tries
            try:
                answer = self._follow(method, url, body)
            except BrokenError as error:
                error.doubtful = not again
                if last or not again:
                    raise
                self.pause(turn)
                continue
            if answer.status in LIMITED and (wait := self._limit(answer, turn)) is not None:
                self._rest(wait, last=last)
            elif answer.status in DOWN and again and not last:
                self.pause(turn)
            else:
                return self._checked(answer, again=again)

    def pause(self, turn: int) -> None:
        """Wait before another try: a second, then twice as long each time."""
        wait = min(2.0 ** (turn - 1), self._patience.pause)
        if self._clock.now() + wait >= self._until:
            raise BrokenError("no answer in time", hint="try again later")
        self._clock.sleep(wait)

    def _rest(self, wait: float, *, last: bool) -> None:
        """Wait as long as the forge asks, if that is not too long."""
        too_long = wait > self._patience.pause or self._clock.now() + wait >= self._until
        if last or too_long:
            error = RefusedError(429, "too many requests for now")
            error.hint = f"try again in {wait:,.0f} s; make fewer requests with this token"
            raise error
        self._clock.sleep(wait)

    def _limit(self, answer: Answer, turn: int) -> float | None:
        """Return how long to wait where requests are rationed; None: that is not the matter."""
        headers, said = answer.headers, _said(answer.data).lower()
        if "retry-after" in headers:
            return self._seconds(headers["retry-after"])
        spent = "0" in (headers.get("x-ratelimit-remaining"), headers.get("ratelimit-remaining"))
        reset = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or ""
        if spent and reset.isdigit() and len(reset) < 12:
            return max(1.0, int(reset) - self._clock.date())
        if answer.status == 429 or "rate limit" in said or "abuse" in said:
            return self._patience.pause if "secondary" in said else 2.0**turn
        return None

    def _seconds(self, text: str) -> float:
        """Read Retry-After, which is a number of seconds or a date."""
        if text.isdigit() and len(text) < 9:
            return float(text)
        try:
            return max(1.0, parsedate_to_datetime(text).timestamp() - self._clock.date())
        except (ValueError, OverflowError):
            return self._patience.pause

    def _checked(self, answer: Answer, *, again: bool) -> Answer:
        if answer.status in DOWN:
            error = BrokenError(f"{answer.status}: {self.plain(_said(answer.data))}")
            error.doubtful = not again
            raise error
        if not 200 <= answer.status < 300:
            moved = "it has moved" if answer.status in MOVED else ""
            raise RefusedError(answer.status, self.plain(_said(answer.data)) or moved)
        return answer

    def _follow(self, method: str, url: str, body: object) -> Answer:
        """Ask where the answer points to, as long as that is the same host."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(method, url, body)
            allowed = MOVED.get(answer.status, ())
            if allowed is not None and method not in allowed:
                return answer
            url = self.same_host(url, answer.headers.get("location", ""))
        raise RefusedError(answer.status, "one redirect after another")

    def same_host(self, url: str, other: str) -> str:
        """Return where an answer points to; to another host, the token does not go."""
        joined = urljoin(url, other)
        if _origin(joined) == _origin(url):
            return joined
        host = self.plain(urlsplit(joined).netloc.rpartition("@")[2])
        error = RefusedError(0, f"the forge points to another host, {host}: nothing was sent there")
        error.hint = "if it has moved, say so: --api URL"
        raise error

    def _once(self, method: str, url: str, body: object) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        headers = self._headers | ({"Content-Type": "application/json"} if data else {})
        request = Request(url, data, headers, method=method)  # noqa: S310 - the scheme was checked
        now = self._clock.now
        until = min(self._until, now() + self._patience.answer)
        try:
            with opener(now, until, self._patience.silence).open(
                request, timeout=max(0.001, min(self._patience.silence, until - now()))
            ) as response:
                content = response.read(LARGEST + 1)
                headers = {name.lower(): value for name, value in response.headers.items()}
                status: int = response.status
        except (OSError, HTTPException, ValueError) as error:
            raise BrokenError(self._why(error)) from None  # its words may hold the request's
        if len(content) > LARGEST:
            raise RefusedError(status, "the answer is too large to be one")
        return Answer(status, headers, self._parsed(status, method, content), url)

    def _parsed(self, status: int, method: str, content: bytes) -> Any:
        if not content.strip():
            return None
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            if 200 <= status < 300 and method == "GET":
                raise BrokenError("answered with what is no JSON") from None
            return None

    def _why(self, error: Exception) -> str:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            return "no answer in time"
        if isinstance(reason, OSError) and reason.strerror:
            return self.plain(reason.strerror)
        return f"the connection broke ({type(reason).__name__})"

    def plain(self, text: str) -> str:
        """Return words of others for one line, without the token should they repeat it."""
        if self._secret:
            text = text.replace(self._secret, "[token]")
        return clean(" ".join(text.split()))[:200]


def _said(data: Any) -> str:
    """Return what an answer gives as its reason; each forge has a place of its own for it."""
    if not isinstance(data, dict):
        return ""
    error = data.get("error")
    inner = error.get("message") if isinstance(error, dict) else error
    parts = [data.get("message") or inner or "", data.get("errors") or ""]
    return " ".join(p if isinstance(p, str) else json.dumps(p) for p in parts if p)


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    try:
        return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0
