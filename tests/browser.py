"""A browser for the tests: Chromium, told what to do over a pipe, cut off from every network."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-extensions", "--no-zygote", "--proxy-server=127.0.0.1:9",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE = 60.0
DESK, PHONE = (1280, 900), (390, 844)
LOCAL = ("file:", "data:", "blob:")
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36, "ArrowDown": 40}


def axe() -> str:
    """Return the source of axe, which looks for barriers in a page; empty where there is none."""
    found = importlib.util.find_spec("axe_playwright_python")
    places = found.submodule_search_locations if found else None
    return (Path(places[0]) / "axe.min.js").read_text("utf-8") if places else ""


class Browser:
    """One Chromium; each page is a tab of its own."""

    def __init__(self, home: Path) -> None:
        ours, self._told = os.pipe()
        self._says, theirs = os.pipe()
        # The browser listens at 3 and speaks at 4; the way round keeps the two apart.
        moved = [(os.POSIX_SPAWN_DUP2, ours, 63), (os.POSIX_SPAWN_DUP2, theirs, 64)]
        moved += [(os.POSIX_SPAWN_DUP2, 63, 3), (os.POSIX_SPAWN_DUP2, 64, 4)]
        quiet = [
            (os.POSIX_SPAWN_OPEN, fd, str(home / "browser.log"), os.O_WRONLY | os.O_CREAT, 0o600)
            for fd in (1, 2)
        ]
        self._process = os.posix_spawn(
            CHROMIUM,
            [CHROMIUM, *OPTIONS, f"--user-data-dir={home / 'profile'}", "about:blank"],
            {**os.environ, "HOME": str(home)},
            file_actions=[*quiet, *moved],
            setpgroup=0,
        )
        os.close(ours)
        os.close(theirs)
        self._number, self._rest, self.events = 0, b"", list[dict[str, Any]]()

    def close(self) -> None:
        """End it, and whatever it started."""
        os.close(self._told)
        os.close(self._says)
        os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def send(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """Give an order and return the answer."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": params}
        whole = json.dumps(order | ({"sessionId": session} if session else {})).encode() + b"\0"
        while whole:
            whole = whole[os.write(self._told, whole[:60_000]) :]
        return self._answer(self._number, method)

    def _answer(self, number: int, method: str) -> dict[str, Any]:
        end = _later()
        while True:
            said = self.heard(end, method)
            if said.get("id") == number:
                assert "error" not in said, f"{method}: {said['error']}"
                result: dict[str, Any] = said["result"]
                return result

    def heard(self, end: float, what: str) -> dict[str, Any]:
        """Return the next message; events are kept."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._says], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"the browser was silent for too long: {what}"
            more = os.read(self._says, 1 << 16)
            assert more, f"the browser is gone: {what}"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        if "method" in said:
            self.events.append(said)
        return said


class Page:
    """A tab: what it shows, what it said, what it asked the network for."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.send("Target.attachToTarget", targetId=self._target, flatten=True)
        self.session: str = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        self.send("Page.setLifecycleEventsEnabled", enabled=True)

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Give this tab an order."""
        return self.browser.send(method, self.session, **params)

    def show(self, size: tuple[int, int] = DESK, scheme: str = "light", media: str = "") -> None:
        """Set the size of the window, the colour scheme, and the medium."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=size[0], height=size[1], deviceScaleFactor=1, mobile=size[0] < 600,
        )  # fmt: skip
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", media=media, features=features)

    def open(self, address: str) -> None:
        """Open an address and wait until all of it is there."""
        for place in ("about:blank", address):  # from elsewhere, a mere fragment loads it too
            self.browser.events.clear()
            loader, end = self.send("Page.navigate", url=place)["loaderId"], _later()
            while not any(
                each["name"] == "load" and each["loaderId"] == loader
                for each in self.events("Page.lifecycleEvent")
            ):
                self.browser.heard(end, place)

    def close(self) -> None:
        """Close the tab."""
        self.browser.send("Target.closeTarget", targetId=self._target)

    def events(self, *methods: str) -> list[dict[str, Any]]:
        """Return what happened of these kinds since the page was opened."""
        mine = (each for each in self.browser.events if each.get("sessionId") == self.session)
        return [each["params"] for each in mine if each["method"] in methods]

    def value(self, expression: str) -> Any:
        """Return what an expression comes to in the page; a promise is waited for."""
        said = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        self.value(
            "new Promise((done, late) => { const end = Date.now() + 20000, look = () => "
            f"({expression}) ? done() : Date.now() > end ? late('never') : setTimeout(look, 20);"
            "look(); })"
        )

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a text is typed."""
        for key in keys:
            if key not in KEYS:
                self.send("Input.insertText", text=key)
                continue
            known: dict[str, Any] = {"key": key, "code": "Space" if key == " " else key}
            known |= {"windowsVirtualKeyCode": KEYS[key]}
            text = {"text": {"Enter": "\r"}.get(key, key)} if key in (" ", "Enter") else {}
            self.send("Input.dispatchKeyEvent", type="keyDown", **known, **text)
            self.send("Input.dispatchKeyEvent", type="keyUp", **known)

    def paste(self) -> None:
        """Put what was copied where the cursor is."""
        known = {"key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86, "modifiers": 2}
        self.send("Input.dispatchKeyEvent", type="rawKeyDown", commands=["paste"], **known)
        self.send("Input.dispatchKeyEvent", type="keyUp", **known)

    def complaints(self) -> list[str]:
        """Return what the console said, and what was thrown."""
        said = self.events("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(each) for each in said]

    def requests(self) -> list[str]:
        """Return what the page asked for beyond its own file."""
        asked = [each["request"]["url"] for each in self.events("Network.requestWillBeSent")]
        return asked[1:]

    def answer(self, pattern: str, text: bytes) -> None:
        """Have `reply` answer what the page asks of such an address."""
        self._text = text
        self.send("Fetch.enable", patterns=[{"urlPattern": pattern}])

    def reply(self) -> None:
        """Wait for such a question, and answer it."""
        end = _later()
        while not (asked := self.events("Fetch.requestPaused")):
            self.browser.heard(end, "a request")
        anybody = {"name": "Access-Control-Allow-Origin", "value": "*"}
        self.send(
            "Fetch.fulfillRequest",
            requestId=asked[-1]["requestId"],
            responseCode=200,
            responseHeaders=[anybody],
            body=base64.b64encode(self._text).decode(),
        )

    def picture(self) -> bytes:
        """Return a picture of what is seen, as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])


def _later() -> float:
    return time.monotonic() + PATIENCE


@contextmanager
def browsing(home: Path) -> Iterator[Browser]:
    """Start a browser, and end it."""
    browser = Browser(home)
    try:
        yield browser
    finally:
        browser.close()
