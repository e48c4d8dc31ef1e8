"""The HTML report: what it says as data, and what of the input's text survives in the page."""

import base64
import gzip
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace

import pytest

import diagnose
from diagnose.causes import catalogue
from diagnose.diagnosis import (
    Diagnosis,
    Item,
    TestCase,
)
from diagnose.model import Run, Source
from diagnose.reports._charts import charts, wilson
from diagnose.reports._page import page
from diagnose.reports._prose import prose
from tests.reports.hostile import EVIL, Found, advised, crowded, everywhere, parse
from tests.sample import BOTH, HOSTILE, sample


@pytest.fixture(scope="module")
def harmless() -> Found:
    return parse(diagnose.render(advised(everywhere("harmless words")), "html"))


@pytest.fixture(scope="module")
def hostile() -> str:
    return diagnose.render(advised(everywhere(EVIL)), "html")


def test_hostile_text_adds_no_tag_and_no_attribute(harmless: Found, hostile: str) -> None:
    found = parse(hostile)
    assert found.tags == harmless.tags
    assert set(found.attributes) == set(harmless.attributes)
    assert found.comments == []


def test_hostile_text_is_there_to_be_read(hostile: str) -> None:
    shown = "".join(parse(hostile).texts)
    assert "<script>alert(1)</script> ]]> -->" in shown
    assert "{{ 7*7 }}" in shown


def test_what_steers_is_gone(hostile: str) -> None:
    assert not set(hostile) & set("\x1b\x00\u202e\u2066\ud800")
    hostile.encode()


@pytest.mark.parametrize(
    "diagnosis", [sample(), Diagnosis(), everywhere(EVIL)], ids=["sample", "empty", "hostile"]
)
def test_the_page_is_one_well_formed_document(diagnosis: Diagnosis) -> None:
    text = diagnose.render(diagnosis, "html")
    found = parse(text)
    assert text.startswith("<!doctype html>\n")
    assert (found.open, found.crossed) == ([], [])
    assert [found.tags[tag] for tag in ("html", "head", "body", "main", "h1", "title")] == [1] * 6
    assert [number for number in Counter(found.ids).values() if number > 1] == []


def test_every_link_stays_within_the_page(hostile: str) -> None:
    found = parse(hostile)
    inside = {f"#{name}" for name in found.ids}
    assert [link for link in found.links if link not in inside | {"data:,"}] == []


def test_the_policy_allows_what_is_in_the_page_and_nothing_else(hostile: str) -> None:
    policy = dict(rule.strip().split(" ", 1) for rule in parse(hostile).policy.split(";"))
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("img-src") == "data:"
    assert (policy.pop("base-uri"), policy.pop("form-action")) == ("'none'", "'none'")
    for rule, tag in (("style-src", "style"), ("script-src", "script")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", hostile, re.DOTALL)
        hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()) for each in inside]
        assert policy.pop(rule) == " ".join(f"'sha256-{each.decode()}'" for each in hashes)
    assert policy == {}


def test_no_style_is_given_to_an_element(hostile: str) -> None:
    found = parse(hostile)
    assert not {name for name in found.attributes if name == "style" or name.startswith("on")}


def test_two_megabytes_in_every_field_make_a_small_page() -> None:
    assert len(diagnose.render(everywhere("<b>x " * 400_000), "html")) < 500_000


def test_the_headline_comes_first_and_then_the_verdict() -> None:
    text = diagnose.render(sample(), "html")
    places = [text.index(word) for word in ("<h1>31 failed tests", "badge big", ">Runs<")]
    assert places == sorted(places)


def test_a_ledger_is_told_heaviest_first_without_its_prior() -> None:
    items = (
        Item("prior", "before anything was seen", decibans=9.0),
        Item("small", "a little", decibans=-2.0),
        Item("large", "a lot", decibans=8.0, quote="seen", source=Source("a.xml", 3)),
    )
    diagnosis = replace(sample(), incidents=(replace(sample().incidents[0], ledger=items),))
    rows = page(diagnosis)["incidents"][0]["ledger"]
    assert [(row["text"], row["decibans"], row["speaks"]) for row in rows] == [
        ("a lot", "+8", "for"),
        ("a little", "−2", "against"),
    ]
    assert (rows[0]["quote"], rows[0]["place"]) == ("seen", "a.xml:3")


def test_a_row_of_the_table_joins_incident_and_failure() -> None:
    case = TestCase(
        "tests/test_keys.py::TestKeys::test_scope[admin]", "tests.test_keys.TestKeys",
        "test_scope[admin]", "tests/test_keys.py", outcomes=BOTH,
    )  # fmt: skip
    diagnosis = replace(sample(), incidents=(replace(sample().incidents[0], tests=(case,)),))
    (row,) = page(diagnosis)["tests"]
    assert row["runs"] == ["parallel"]
    assert (row["workers"], row["seconds"]) == (["gw3"], "5.34")
    assert row["message"] == "httpx.ReadTimeout: timed out"


def test_a_page_of_a_cause_keeps_its_words_and_loses_foreign_tags() -> None:
    made = prose(
        "A *word*, `code` & [a link](https://x.org) <b onclick=x>bold</b>\n\n- <script>x</script>y"
    )
    assert made == (
        "<p>A <em>word</em>, <code>code</code> &amp; a link bold</p><ul><li>y</li></ul>"
    ).replace("</p><ul><li>", "</p>\n<ul>\n<li>").replace("</li></ul>", "</li>\n</ul>")


def test_every_page_of_the_catalogue_is_whole() -> None:
    for found in catalogue().values():
        parsed = parse(prose(found.prose) + prose(found.remedy))
        assert (parsed.open, parsed.crossed) == ([], [])


def test_the_interval_is_wilsons() -> None:
    # statsmodels: proportion_confint(28, 184, alpha=0.1, method="wilson")
    assert wilson(28, 184) == pytest.approx((0.1138, 0.2004), abs=5e-4)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


def test_a_chart_is_drawn_only_where_there_are_numbers() -> None:
    assert charts(Diagnosis()) == []
    drawn = [drawing.id for drawing in charts(everywhere("words"))]
    assert drawn == [
        "chart-workers", "chart-causes", "chart-durations", "chart-timeline", "chart-memory-1",
    ]  # fmt: skip


def test_thousands_of_dots_bring_plotly_and_fewer_do_not() -> None:
    few, many = (diagnose.render(found, "html") for found in (sample(), crowded("test")))
    assert "DecompressionStream" in few
    assert 'id="plotly"' not in few
    assert len(few) < 300_000
    assert 1_000_000 < len(many) < 2_500_000
    assert many == diagnose.render(crowded("test"), "html")


def test_what_is_packed_is_what_the_policy_allows() -> None:
    text = diagnose.render(crowded("test"), "html")
    pressed = text.partition('id="plotly">')[2].partition("<")[0]
    digest = hashlib.sha256(gzip.decompress(base64.b64decode(pressed))).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" in parse(text).policy


def test_a_name_in_a_figure_is_no_mark_up_and_ends_no_script() -> None:
    text = diagnose.render(crowded('</script><b>"&lt;'), "html")
    inside = text.partition('class="figure">')[2].partition("</script>")[0]
    figure = json.loads(inside)
    assert len(figure["data"][0]["x"]) == 1000
    assert not set("<>&") & set(inside)
    assert figure["data"][0]["text"][0] == '‹/script>‹b>"＆lt;0::test'


def test_each_chart_says_in_words_what_it_shows() -> None:
    said = {drawing.id: drawing.said for drawing in charts(sample())}
    assert said["chart-workers"] == "1 worker: 0 of 184 failed; 8 workers: 1 of 158 failed"


def test_without_its_script_the_page_offers_nothing_that_would_not_work() -> None:
    text = diagnose.render(sample(), "html")
    found = parse(text.partition("<script>")[0])
    assert found.tags["tr"] > len(page(sample())["tests"]) == 31
    assert re.search(r'<form id="filter"[^>]* hidden>', text)
    assert ">Copy<" not in text


def test_green_runs_make_a_page_too() -> None:
    text = diagnose.render(Diagnosis((Run("n8", unnamed={"passed": 3}),)), "html")
    assert "<h1>All green: 3 tests, no failure</h1>" in text


def test_two_renderings_are_the_same_bytes() -> None:
    assert diagnose.render(sample(), "html") == diagnose.render(sample(), "html")


def test_hostile_words_of_the_sample_are_escaped() -> None:
    assert HOSTILE.partition(" ")[0] not in diagnose.render(sample(), "html")
