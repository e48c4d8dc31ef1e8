"""The HTML report for everybody: without a mouse, a script, a screen, or good eyes."""

import base64
from itertools import pairwise
from pathlib import Path

import pytest

import diagnose
from tests.browser import CHROMIUM, DESK, PHONE, Page, axe
from tests.program import ROOT
from tests.reports.hostile import advised, everywhere

pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="needs chromium, the browser, on the path (Debian: apt install chromium)"
)
barriers = pytest.mark.skipif(
    not axe(), reason="needs axe: pip install --no-deps axe-playwright-python"
)
SAMPLES = sorted((ROOT / "sample_reports").glob("*.html"))
VIEWS = [(DESK, "light"), (DESK, "dark"), (PHONE, "light")]
WIDTH = "document.scrollingElement.scrollWidth"
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
VIOLATIONS = (
    "axe.run().then((found) => found.violations.flatMap((rule) => "
    "rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))"
)


def barriers_of(page: Page, address: str) -> list[str]:
    """Return what axe has to say of a page, all of it unfolded: light, dark, and on a phone."""
    page.open(address)
    page.value(f"{axe()};{UNFOLD}")
    found = []
    for size, scheme in VIEWS:
        page.show(size, scheme)
        found += [f"{size[0]} {scheme} {each}" for each in page.value(VIOLATIONS)]
    return found


@barriers
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_axe_finds_no_barrier_in_a_sample(page: Page, sample: Path) -> None:
    assert barriers_of(page, sample.as_uri()) == []


@barriers
def test_axe_finds_no_barrier_where_all_sections_are(page: Page, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text(diagnose.render(advised(everywhere("some words")), "html"), "utf-8")
    assert barriers_of(page, report.as_uri()) == []


@barriers
def test_axe_would_find_one(page: Page, story: str) -> None:
    page.open(story)
    bare = "document.querySelector('#filter label').replaceWith(document.createElement('input'))"
    page.value(f"{axe()}; {bare}")
    assert any("label" in each for each in page.value(VIOLATIONS))


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    page: Page, story: str
) -> None:
    page.open(story)
    page.press("Tab")
    assert page.value("document.activeElement.className") == "skip"
    page.press("Enter", "Tab")
    assert page.value("document.activeElement.closest('main') !== null")
    page.open(story)
    stops = page.value(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')"
        "].filter((each) => each.checkVisibility({ visibilityProperty: true })).length"
    )
    tops, seen = [], 0
    for _ in range(stops):
        page.press("Tab")
        top, outline = page.value(
            "(() => { const at = document.activeElement; at.dataset.seen = 1; return "
            "[at.getBoundingClientRect().top + scrollY, getComputedStyle(at).outlineStyle]; })()"
        )
        assert outline != "none"
        tops.append(top)
        seen = page.value("document.querySelectorAll('[data-seen]').length")
    assert seen == stops > 25
    assert sum(after < before - 100 for before, after in pairwise(tops)) == 0


def test_keys_fold_and_unfold(page: Page, story: str) -> None:
    page.open(story)
    for key in ("Enter", " "):
        page.value("document.querySelector('.incident details:not([open]) summary').focus()")
        page.press(key)
        page.until("document.activeElement.parentElement.open")


def test_without_a_script_all_but_the_filter_is_there_to_be_read(page: Page, story: str) -> None:
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    page.open(story)
    page.send("Emulation.setScriptExecutionDisabled", value=False)
    assert page.value("document.documentElement.className") == ""
    seen = page.value(
        "['#filter', '.copier', '#failed tbody tr', '.chart svg', '.incident', '.advice pre']"
        ".map((name) => document.querySelector(name).checkVisibility())"
    )
    assert seen == [False, False, True, True, True, True]
    assert page.value(WIDTH) <= DESK[0]


def test_on_paper_all_is_unfolded_and_nothing_is_to_be_pressed(page: Page, story: str) -> None:
    page.open(story)
    page.show(media="print")
    page.value("dispatchEvent(new Event('beforeprint'))")
    for name, there in (("nav", False), ("#filter", False), (".copier", False), ("h1", True)):
        assert page.value(f"document.querySelector('{name}').checkVisibility()") is there, name
    folded = "[...document.querySelectorAll('.advice pre, .prose')]"
    assert page.value(f"{folded}.length > 4 && {folded}.every((each) => each.checkVisibility())")
    assert page.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = base64.b64decode(page.send("Page.printToPDF")["data"])
    assert 4 <= paper.count(b"/Type /Page\n") <= 12
