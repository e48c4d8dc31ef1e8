"""The till asks the service."""

import json
from urllib.request import Request, urlopen


def total(lines):
    body = json.dumps({"lines": [{"cents": cents, "pieces": pieces} for cents, pieces in lines]})
    request = Request(
        "http://127.0.0.1:8000/receipts", body.encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=20) as answer:
        return json.load(answer)["total"]


def euros(cents):
    return f"{cents // 100}.{cents % 100:02} €"
