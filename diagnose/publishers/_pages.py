"""Lists that come in pages, each of which says where the next one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from diagnose.publishers._forge import mapping, text
from diagnose.publishers._http import Answer, RefusedError, Wire

MOST = 200
NEXT = re.compile(r'<([^<>]{1,4000})>[^,<>]{0,1000}?;\s*rel="?next"?', re.IGNORECASE)


def rows(wire: Wire, url: str) -> Iterator[dict[str, Any]]:
    """Yield every row of a list, through all of its pages."""
    seen = set[str]()
    while url and url not in seen and len(seen) < MOST:
        seen.add(url)
        answer = wire.send("GET", url)
        found = mapping(answer.data).get("values", answer.data)
        if not isinstance(found, list):
            raise RefusedError(answer.status, "what came back is no list of comments")
        yield from map(mapping, found)
        url = _following(wire, answer)


def _following(wire: Wire, answer: Answer) -> str:
    """Return the address of the next page: of a header, or of the answer itself; at most once."""
    page = answer.headers.get("x-next-page", "")
    if page.isdecimal() and len(page) < 9:
        return _numbered(answer.url, page)
    link = NEXT.search(answer.headers.get("link", ""))
    target = link[1] if link else text(mapping(answer.data).get("next"))
    return wire.same_host(answer.url, target) if target else ""


def _numbered(url: str, page: str) -> str:
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"]
    return parts._replace(query=urlencode([*query, ("page", page)])).geturl()
