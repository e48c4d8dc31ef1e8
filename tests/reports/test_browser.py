"""The HTML report in a browser: it opens from a file, without a network, and all of it works."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis
from tests.browser import CHROMIUM, DESK, PHONE, Page
from tests.program import ROOT
from tests.reports.hostile import EVIL, advised, crowded, everywhere
from tests.sample import sample

pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="needs chromium, the browser, on the path (Debian: apt install chromium)"
)
SAMPLES = sorted((ROOT / "sample_reports").glob("*.html"))
VIEWS = [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")]
WIDTH = "document.scrollingElement.scrollWidth"  # innerWidth grows with it on a phone
COUNT = "document.getElementById('count').textContent"
SHOWN = "[...document.querySelectorAll('#failed tbody tr')].filter((row) => !row.hidden).length"
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
# What the browser tells of moving parts, from the first moment on.
UNSEEN = 0.001  # a hundredth of what is called good; a busy machine may draw a hair late
SHIFTS = (
    "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {"
    "for (const each of list.getEntries()) sum += each.value; })"
    ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 100); })"
)


def written(diagnosis: Diagnosis, folder: Path) -> str:
    """Write the report of a diagnosis and return its address."""
    page = folder / "report.html"
    page.write_text(diagnose.render(diagnosis, "html"), "utf-8")
    return page.as_uri()


def quiet(page: Page) -> bool:
    """Say whether nothing was complained of, and nothing asked for."""
    assert page.complaints() == []
    assert page.requests() == []
    return True


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_opens_from_a_file_in_silence_and_fits_and_stays(page: Page, sample: Path) -> None:
    for size, scheme in VIEWS:
        page.show(size, scheme)
        page.open(sample.as_uri())
        assert quiet(page)
        assert page.value(SHIFTS) < UNSEEN
        page.value(UNFOLD)
        assert page.value(WIDTH) <= size[0], (size, scheme)


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
def test_a_link_restores_the_view_and_the_filter_holds(
    page: Page, story: str, view: str, rows: int
) -> None:
    page.open(f"{story}#tests?{view}")
    assert (page.value(COUNT), page.value(SHOWN)) == (f"{rows} of 28", rows)
    assert page.value("document.getElementById('tests').getBoundingClientRect().top") < 100
    assert quiet(page)


def test_what_is_asked_for_stands_in_the_address_and_is_shown_there_again(
    page: Page, story: str
) -> None:
    page.open(story)
    page.value("document.querySelector('#filter [name=q]').focus()")
    page.press("test_search")
    page.until(f"{COUNT} === '14 of 28'")
    page.value(
        "const run = document.querySelector('#filter [name=worker]'); run.value = 'gw3';"
        "run.dispatchEvent(new Event('input', { bubbles: true }))"
    )
    page.value("document.querySelectorAll('#failed thead button')[4].click()")
    page.until("location.hash.includes('worker') && location.hash.includes('sort')")
    page.until(f"{COUNT} !== '14 of 28'")
    order = "[...document.querySelectorAll('#failed tbody tr')].map((row) => row.textContent)"
    seen = page.value(f"[location.href, {COUNT}, {order}]")
    page.open(seen[0])
    assert page.value(f"[location.href, {COUNT}, {order}]") == seen
    assert page.value(SHOWN) < 14


def test_a_heading_sorts_up_and_down(page: Page, story: str) -> None:
    seconds = (
        "[...document.querySelectorAll('#failed td.n')].map((cell) => Number(cell.textContent))"
    )
    page.open(story)
    for way in (1, -1):
        page.value("document.querySelectorAll('#failed thead button')[4].focus()")
        page.press("Enter")
        told = page.value(seconds)
        assert told == sorted(told, reverse=way < 0)
        sort = page.value("document.querySelectorAll('#failed thead th')[4].ariaSort")
        assert sort == ("ascending" if way > 0 else "descending")


def test_reset_shows_all_again(page: Page, story: str) -> None:
    page.open(f"{story}#tests?q=test_search")
    page.value("document.querySelector('#filter [type=reset]').focus()")
    page.press("Enter")
    page.until(f"{COUNT} === '28 of 28'")
    assert page.value("location.hash") == "#tests"


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_button_copies_what_stands_below_it(page: Page, story: str, key: str) -> None:
    page.open(story)
    wanted = page.value(
        "(() => { const figure = document.querySelector('.copy'); figure.querySelector('button')"
        ".focus(); return figure.querySelector('pre').textContent; })()"
    )
    page.press(key)
    page.until("document.activeElement.textContent === 'Copied'")
    page.value("document.querySelector('#filter [name=q]').focus()")
    page.paste()
    assert page.value("document.activeElement.value") == wanted.replace("\n", "")
    assert page.value("document.getElementById('said').textContent") == "Copied"


def test_a_link_to_a_cause_or_a_change_unfolds_it(page: Page, story: str) -> None:
    page.open(f"{story}#cause-starved_response")
    assert page.value("document.getElementById('cause-starved_response').open")
    page.open(story)
    page.value("document.querySelector('.links a[href=\"#advice-2\"]').click()")
    page.until("document.querySelector('#advice-2 details').open")


def test_thousands_of_dots_can_be_zoomed_into(page: Page, tmp_path: Path) -> None:
    page.open(written(crowded("test <b>"), tmp_path))
    page.value("document.querySelector('#chart-durations > button').click()")
    page.until("document.querySelectorAll('.modebar-btn').length > 0")
    buttons = page.value(
        "[...document.querySelectorAll('.modebar-btn')].map((b) => b.dataset.title)"
    )
    assert any("Zoom" in title for title in buttons)
    assert not any("Share" in title for title in buttons), "what is in the page stays there"
    assert quiet(page)


ENDLESS = everywhere("<b>x" + "W" * 2_000_000)
HOSTILE = {
    "everywhere": advised(everywhere(EVIL)),
    "endless": replace(advised(ENDLESS), redactions=0),  # to look for secrets there takes a while
    "nothing": Diagnosis(),
    "title": replace(sample(), title=EVIL),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_does_nothing_in_a_browser(page: Page, tmp_path: Path, name: str) -> None:
    address = written(HOSTILE[name], tmp_path)
    for size in (PHONE, DESK):
        page.show(size)
        page.open(f"{address}#tests?q=<script>alert(1)</script>")
        page.value(UNFOLD)
        assert quiet(page)
        assert page.events("Page.javascriptDialogOpening") == []
        assert page.value(WIDTH) <= size[0], size
        assert page.value("document.querySelectorAll('script:not([type])').length") == 2
        assert page.value("document.querySelectorAll('img, iframe, object, base').length") == 0


def test_a_complaint_of_the_browser_is_noticed(page: Page, story: str, tmp_path: Path) -> None:
    bad = tmp_path / "page.html"
    text = Path(story.removeprefix("file://")).read_text("utf-8")
    bad.write_text(text.replace("<h1>", '<h1 onclick="x()">'), "utf-8")
    page.open(bad.as_uri())
    assert "Content Security Policy" in page.complaints()[0]


def test_a_page_that_asks_or_moves_or_is_too_wide_is_noticed(page: Page, tmp_path: Path) -> None:
    bad = tmp_path / "page.html"
    bad.write_text(
        "<!doctype html><meta name=viewport content=width=device-width><img src=x.png><p>words"
        "<script>setTimeout(() => { const box = document.createElement('div');"
        "box.style = 'width: 999px; height: 300px'; document.body.prepend(box); }, 50)</script>"
    )
    page.show(PHONE)
    page.open(bad.as_uri())
    page.until("document.querySelector('div')")
    assert [address.rpartition("/")[2] for address in page.requests()] == ["x.png"]
    assert page.value(SHIFTS) > 0
    assert page.value(WIDTH) > PHONE[0]
