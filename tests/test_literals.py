"""What a regex matches has one of its literals, whatever it matches."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnose import literals
from diagnose.errors import ConfigError

patiently = settings(  # the machine may be busy, and odd texts are what is asked for
    deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
REGEXES = (
    r"^INTERNALERROR> (?P<what>.*)",
    r"(?:exited with|exit) code (?P<code>13[4-9]|143)",
    r"(?i)tls handshake (?:timeout|failure|error)",
    r"loss (?i:is nan) now",
    r"(?i)warn(?-i:ING) sign",
    r"(?x) connection \s refused  # said by the kernel",
    r"\+{10,} Timeout \+{10,}",
    r"colou?r(?:ed|less)? (?:text)+ here{2}",
    r"(?:abcd|efgh)(?:ij)?(?=kl)kl",
    r"(?<=x)xyzzy(?!y)(?>plugh|plover)\b",
    r"(?P<quote>['\"])value(?P=quote) is bad",
    r"[Aa]ddress (?:[^x]|y)+? in use*+$",
    r"(?s)first.second(?:\d|third)?",
    r"(?:left|right|(?:up|down)ward|\W+side) turn",
    r"(?i)größe overflow",
    r"(a)?(?(1)bcde|fghi) tail",
)


@pytest.mark.parametrize("regex", REGEXES)
@patiently
@given(data=st.data())
def test_whatever_a_regex_matches_has_one_of_its_literals(regex: str, data: st.DataObject) -> None:
    needles = literals.required(regex.encode())
    text = data.draw(st.from_regex(re.compile(regex.encode())))
    found = re.search(regex.encode(), text)
    assert found
    assert any(needle in found[0] for needle in needles)


PIECES = (
    "ab",
    "[cd]e",
    "(?:fg)?h",
    "i{2,3}",
    "j+",
    "k*",
    "l?",
    "(?i:mn)",
    r"\w",
    "(?=d)",
    "$",
    "^",
)
TEXTS = ("ab", "c", "de", "d", "fgh", "h", "ii", "iii", "j", "kk", "l", "mn", "MN", "_", "wxyz")
TREES = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(
        lambda some: st.sampled_from(
            ["".join(some), f"(?:{'|'.join(some)})", f"(?:{''.join(some)}|)", f"({some[0]}){{2,}}"]
        )
    ),
    max_leaves=10,
)


@given(regex=TREES, data=st.data())
@patiently
def test_derivation_is_sound_for_regexes_nobody_wrote(regex: str, data: st.DataObject) -> None:
    needles = literals.required(f"{regex}(?:wxyz)".encode())
    texts = st.lists(st.sampled_from(TEXTS), max_size=8)
    text = "".join(data.draw(texts)).encode()
    match = re.search(f"{regex}(?:wxyz)".encode(), text + b"wxyz")
    assert needles
    assert match is None or any(needle in match[0] for needle in needles)


@pytest.mark.parametrize(
    ("regex", "needles"),
    [
        (r"worker '\w+' crashed while", {b"' crashed while"}),
        (r"(?:FATAL|PANIC):\s+too many", {b"too many"}),
        (r"[Aa]ddress in use", {b"Address in use", b"address in use"}),
        (r"snapshots? failed", {b"snapshot failed", b"snapshots failed"}),
        (r"(?:no|ab{9}) (?:ECONNRESET|EPIPE5)", {b" ECONNRESET", b" EPIPE5"}),
        (r"timeout: .* SIGKILLED", {b" SIGKILLED"}),
    ],
)
def test_the_literals_are_the_rarest_that_are_sure(regex: str, needles: set[bytes]) -> None:
    assert set(literals.required(regex.encode())) == needles


@pytest.mark.parametrize("regex", [r"a|bcdef", r"\w+", r"(?:long)?abc", r"ab\ncd", r"(?L)word", ""])
def test_of_a_regex_that_needs_no_word_none_is_told(regex: str) -> None:
    assert literals.required(regex.encode()) == ()


def test_what_is_no_regex_is_refused_in_words() -> None:
    with pytest.raises(ConfigError, match=r"no regular expression: .*unterminated"):
        literals.required(b"connection (refused")


def test_without_pythons_private_parser_no_literal_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(re, "_parser")
    monkeypatch.setitem(sys.modules, "re._parser", None)
    assert literals.required(b"connection refused") == ()
