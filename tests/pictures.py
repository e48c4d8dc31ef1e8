"""The pictures of the README: the upper part of two samples, as a browser shows them.

`make pictures` takes them anew. No test compares them: each browser and its fonts draw a little
differently, and the samples that they show are compared already.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.program import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
IMAGES = ROOT / "docs" / "images"
WIDTH = 1200
SHOWN = {"identity": 870, "storefront": 650}  # how much of the page, in pixels
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--hide-scrollbars", "--force-device-scale-factor=1", "--disable-background-networking"),
    *("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND"),
)


def take(story: str, height: int) -> Path:
    """Photograph the upper part of a sample."""
    picture = IMAGES / f"{story}.png"
    page = ROOT / "sample_reports" / f"{story}.html"
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [
                *(CHROMIUM, *OPTIONS, f"--user-data-dir={home}/profile"),
                *(f"--window-size={WIDTH},{height}", f"--screenshot={picture}", page.as_uri()),
            ],
            env={**os.environ, "HOME": home},
            capture_output=True,
            timeout=120,
            check=True,
        )
    return picture


def main() -> None:
    """Take all pictures."""
    if not CHROMIUM:
        sys.exit("needs chromium, the browser, on the path (Debian: apt install chromium)")
    IMAGES.mkdir(exist_ok=True)
    for story, height in SHOWN.items():
        picture = take(story, height)
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
