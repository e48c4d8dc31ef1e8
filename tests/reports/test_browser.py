"""The HTML report in a browser: it opens from a file, without a network, and its script works."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis
from tests.program import ROOT
from tests.reports.hostile import EVIL, advised, crowded, everywhere, parse
from tests.sample import sample

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="needs chromium, the browser, on the path (Debian: apt install chromium)"
)
STORY = ROOT / "sample_reports" / "inputs" / "identity"
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars "
    "--no-first-run --disable-background-networking --disable-component-update "
    "--proxy-server=127.0.0.1:9 --host-resolver-rules=MAP\\ *\\ ~NOTFOUND "
    "--enable-logging=stderr --v=0"
)


def browse(page: Path, fragment: str = "", *options: str) -> tuple[str, list[str]]:
    """Open a page; return the document as the script left it, and what the console said."""
    profile = page.parent / "profile"
    words = [word.replace("\\", "") for word in re.split(r"(?<!\\) ", OPTIONS)]
    ran = subprocess.run(
        [CHROMIUM, *words, *options, f"--user-data-dir={profile}", "--dump-dom",
         f"{page.as_uri()}{fragment}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=90,
        check=False,
        env={**os.environ, "HOME": str(page.parent)},
    )  # fmt: skip
    said = [line for line in ran.stderr.splitlines() if "CONSOLE" in line]
    assert "</html>" in ran.stdout, ran.stderr[-2000:]
    return ran.stdout, said


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = diagnose.examine(
        [str(STORY / "serial.xml"), f"{STORY / 'parallel.xml'},{STORY / 'parallel.log'}@8"]
    )
    page = tmp_path_factory.mktemp("story") / "identity.html"
    page.write_text(diagnose.render(found, "html"), "utf-8")
    return page


def shown(document: str) -> tuple[str, int]:
    """Return what the counter says, and how many rows are not hidden."""
    counter = re.search(r"<output[^>]*>([^<]*)<", document)
    rows = re.findall(r"<tr data-verdict[^>]*>", document)
    assert counter
    return counter[1], sum(" hidden" not in row for row in rows)


def test_the_story_opens_without_a_word_of_complaint(story: Path) -> None:
    document, said = browse(story)
    assert said == []
    assert shown(document) == ("28 of 28", 28)
    assert document.count(">Copy</button>") >= 1


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        ("q=test_search", 14),
        ("q=test_search+24h", 4),
        ("worker=gw3", 5),
        ("cause=starved_response&run=parallel", 28),
        ("file=tests%2Ftest_keys.py", 5),
        ("q=nothing+like+it", 0),
        ("verdict=no_such_verdict", 28),
    ],
)
def test_a_link_restores_the_view_and_the_filter_holds(story: Path, view: str, rows: int) -> None:
    document, said = browse(story, f"#tests?{view}")
    assert shown(document) == (f"{rows} of 28", rows)
    assert said == []


def test_a_link_restores_the_order(story: Path) -> None:
    document, _ = browse(story, "#tests?sort=-5")
    body = document.partition('id="failed"')[2]
    seconds = [float(cell) for cell in re.findall(r'<td class="n">([\d.]+)</td>', body)]
    assert len(seconds) == 28
    assert seconds == sorted(seconds, reverse=True)
    assert 'aria-sort="descending"' in body


def test_a_link_to_a_cause_opens_its_page(story: Path) -> None:
    document, _ = browse(story, "#cause-starved_response")
    assert re.search(r'id="cause-starved_response" open', document)


def test_a_complaint_of_the_browser_is_noticed(story: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(story.read_text("utf-8").replace("<h1>", '<h1 onclick="x()">'), "utf-8")
    _, said = browse(page)
    assert "Content Security Policy" in said[0]


def test_thousands_of_dots_can_be_zoomed_into(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(diagnose.render(crowded("test <b>"), "html"), "utf-8")
    document, said = browse(page, "#chart-durations", "--virtual-time-budget=20000")
    assert said == []
    assert document.count('class="main-svg"') > 0


@pytest.mark.parametrize(
    "diagnosis", [advised(everywhere(EVIL)), Diagnosis(), replace(sample(), title=EVIL)]
)
def test_hostile_text_does_nothing_in_a_browser(diagnosis: Diagnosis, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(diagnose.render(diagnosis, "html"), "utf-8")
    document, said = browse(page, "#tests?q=<script>alert(1)</script>")
    assert said == []
    assert parse(document).tags["script"] == 1
    assert parse(document).tags["img"] == 0
