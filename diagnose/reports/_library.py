"""plotly's script on its way into a page: in it, pressed; from elsewhere; or not at all."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

from diagnose.errors import InputError

CDN = "https://cdn.plot.ly/plotly-{version}.min.js"
HEAD = re.compile(r"plotly\.js v(\d+\.\d+\.\d+)")


@dataclass(frozen=True, slots=True)
class Library:
    """A script for the browser: its hash, and its text, pressed, or the address it is found at."""

    hash: str
    packed: str = ""
    address: str = ""

    @property
    def allowed(self) -> str:
        """Return what a policy has to allow for it."""
        return f"{self.address} '{self.hash}'".strip()


def library(wanted: str) -> Library | None:
    """Return what was asked for: `inline`, `cdn`, `none`, or a file that holds plotly's script."""
    if wanted == "none":
        return None
    text = _installed() if wanted in ("inline", "cdn") else _read(Path(wanted))
    known = HEAD.search(text[:500])
    if wanted == "cdn" and known:
        return Library(hashed(text), address=CDN.format(version=known[1]))
    return Library(hashed(text), packed(text))


def hashed(text: str) -> str:
    """Return the hash of a script or style as a policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def packed(script: str) -> str:
    """Press a script to a third; the browser unpacks it when it is wanted."""
    return b64encode(gzip.compress(script.encode(), 9, mtime=0)).decode()


def _installed() -> str:
    """Return plotly's script, as it was installed with us; its Python side is not loaded."""
    place = distribution("plotly").locate_file("plotly/package_data/plotly.min.js")
    with open(str(place), encoding="utf-8", newline="") as script:  # noqa: PTH123 - not always a Path
        return script.read()


def _read(path: Path) -> str:
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}", hint="--plotly-js takes inline, cdn, none or a FILE"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not a script", hint="plotly.min.js is what it takes") from error
    if "Plotly" not in text:
        raise InputError(f"{path}: not plotly's script", hint="plotly.min.js is what it takes")
    return text
