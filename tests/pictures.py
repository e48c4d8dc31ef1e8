"""The pictures of the README: the upper part of two samples, as a browser shows them.

`make pictures` takes them anew. No test compares them: each browser and its fonts draw a little
differently, and the samples that they show are compared already.
"""

import sys
import tempfile
from pathlib import Path

from tests.browser import CHROMIUM, Page, browsing
from tests.program import ROOT

IMAGES = ROOT / "docs" / "images"
WIDTH = 1200
SHOWN = {"identity": 870, "storefront": 650}  # how much of the page, in pixels


def main() -> None:
    """Take all pictures."""
    if not CHROMIUM:
        sys.exit("needs chromium, the browser, on the path (Debian: apt install chromium)")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, browsing(Path(home)) as browser:
        page = Page(browser)
        for story, height in SHOWN.items():
            page.show((WIDTH, height))
            page.open((ROOT / "sample_reports" / f"{story}.html").as_uri())
            picture = IMAGES / f"{story}.png"
            picture.write_bytes(page.picture())
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
