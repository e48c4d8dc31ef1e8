"""Asks the booking partner."""

import httpx


class Partner:
    def __init__(self, url, token):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=30)

    def price(self, kind):
        response = self.http.get(f"/v1/rooms/{kind}")
        response.raise_for_status()
        return response.json()["price"]

    def healthy(self):
        return self.http.get("/health").json()["status"] == "ok"
