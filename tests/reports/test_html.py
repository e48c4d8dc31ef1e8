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
)
from diagnose.model import Run
from diagnose.reports._page import page
from diagnose.reports._prose import prose
from diagnose.reports._templates import ticked
from tests.reports.hostile import EVIL, Found, advised, crowded, everywhere, parse
from tests.sample import HOSTILE, sample


@pytest.fixture(scope="module")
def harmless() -> Found:
    return parse(diagnose.render(advised(everywhere("harmless words " * 13)), "html"))


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
    endless = replace(advised(everywhere("<b>x " * 400_000)), redactions=0)
    assert len(diagnose.render(endless, "html")) < 500_000


def test_the_headline_comes_first_and_then_the_verdict() -> None:
    text = diagnose.render(sample(), "html")
    places = [text.index(word) for word in ("<h1>31 failed tests", "badge big", ">Runs<")]
    assert places == sorted(places)


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


def test_what_a_script_does_not_make_is_in_the_page() -> None:
    found = parse(diagnose.render(sample(), "html"))
    assert found.tags["tr"] > len(page(sample())["tests"]) == 31


def test_green_runs_make_a_page_too() -> None:
    text = diagnose.render(Diagnosis((Run("n8", unnamed={"passed": 3}),)), "html")
    assert "<h1>All green: 3 tests, no failure</h1>" in text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("let `new_user` be", "let <code>new_user</code> be"),
        ("`a` and `<b>`", "<code>a</code> and <code>&lt;b&gt;</code>"),
        ("it`s & `x", "it<code>s &amp; </code>x"),
        ("`a` b ` & c", "<code>a</code> b ` &amp; c"),
        ("one ` alone", "one ` alone"),
        ("\x1b[1m`\x00c`", "<code>c</code>"),
    ],
)
def test_what_stands_between_ticks_is_code(said: str, shown: str) -> None:
    assert ticked(said) == shown


def test_two_renderings_are_the_same_bytes() -> None:
    assert diagnose.render(sample(), "html") == diagnose.render(sample(), "html")


def test_hostile_words_of_the_sample_are_escaped() -> None:
    assert HOSTILE.partition(" ")[0] not in diagnose.render(sample(), "html")
