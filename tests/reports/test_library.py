"""Where plotly's script is from: the page itself, another place, or nowhere."""

import base64
import gzip
import re
from pathlib import Path

import pytest

import diagnose
from diagnose.errors import InputError
from diagnose.reports._library import hashed, library
from tests.browser import CHROMIUM, Page
from tests.reports.hostile import crowded, parse


def test_none_draws_and_offers_nothing_more() -> None:
    text = diagnose.render(crowded("test"), "html", plotly_js="none")
    assert 'id="chart-durations"' in text
    assert 'class="figure"' not in text
    assert 'id="plotly"' not in text
    assert len(text) < 300_000


def test_an_address_is_allowed_with_its_hash_and_nothing_is_packed() -> None:
    text = diagnose.render(crowded("test"), "html", plotly_js="cdn")
    inside, outside = library("inline"), library("cdn")
    assert inside
    assert outside
    assert re.fullmatch(r"https://cdn\.plot\.ly/plotly-\d+\.\d+\.\d+\.min\.js", outside.address)
    assert f" {outside.address} '{inside.hash}'; img-src" in parse(text).policy
    assert f'data-src="{outside.address}" data-hash="{inside.hash}"' in text
    assert len(text) < 300_000


def test_a_file_of_ones_own_is_packed_and_its_hash_allowed(tmp_path: Path) -> None:
    script = tmp_path / "mine.js"
    script.write_text("window.Plotly = {}; // ü", "utf-8")
    text = diagnose.render(crowded("test"), "html", plotly_js=str(script))
    pressed = text.partition('id="plotly">')[2].partition("<")[0]
    assert gzip.decompress(base64.b64decode(pressed)) == script.read_bytes()
    assert f"'{hashed(script.read_text('utf-8'))}'" in parse(text).policy


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"var x", "not plotly's script"), (b"\xff\xfe", "not a script"), (None, "No such file")],
)
def test_what_is_no_such_script_is_the_users_mistake(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    script = tmp_path / "script.js"
    if content:
        script.write_bytes(content)
    with pytest.raises(InputError, match=said):
        library(str(script))


def test_another_format_takes_no_such_option() -> None:
    with pytest.raises(TypeError, match="plotly_js"):
        diagnose.render(crowded("test"), "markdown", plotly_js="none")


@pytest.mark.skipif(not CHROMIUM, reason="needs chromium, the browser, on the path")
@pytest.mark.parametrize("there", [True, False])
def test_a_script_from_elsewhere_is_asked_for_when_it_is_wanted_and_checked(
    page: Page, tmp_path: Path, there: bool
) -> None:
    report = tmp_path / "report.html"
    report.write_text(diagnose.render(crowded("test"), "html", plotly_js="cdn"), "utf-8")
    inside = library("inline")
    assert inside
    script = gzip.decompress(base64.b64decode(inside.packed))
    page.answer("https://cdn.plot.ly/*", script if there else script + b"//")
    page.open(report.as_uri())
    assert page.requests() == []
    page.value("document.querySelector('#chart-durations > button').click()")
    page.reply()
    if there:
        page.until("document.querySelectorAll('.main-svg').length > 0")
        assert page.complaints() == []
    else:
        page.until(
            "document.querySelector('#chart-durations > button').textContent.includes('not')"
        )
        assert page.value("typeof Plotly") == "undefined"
    assert len(page.requests()) == 1
