"""The scanner finds what a plain loop over lines and regexes finds, whatever the bytes are."""

from __future__ import annotations

import re
import sys
import tracemalloc
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnose import literals, scan
from diagnose.errors import ConfigError
from diagnose.scan import Hit, Pattern, Scanner

PATTERNS = (
    Pattern("crash", r"worker '(?P<worker>gw\d+)' crashed while running '(?P<test>[^']+)'"),
    Pattern("refused", r"(?i)connection refused(?: by (?P<host>\S+))?"),
    Pattern("errno", r"\[Errno (?P<number>\d+)\] (?:Connection refused|Too many open files)"),
    Pattern("killed", r"^(?:.*\s)?Killed(?:\s.*)?$"),
    Pattern("pool", r"QueuePool limit of size (?P<size>\d*) overflow", ("QueuePool limit",)),
    Pattern("address", r"[Aa]ddress already in use"),
    Pattern("last", r"exited with (?:status|code) (?P<code>\d+)$"),
)
SAID = (
    b"[gw1] worker 'gw1' crashed while running 'tests/test_a.py::test_b[\xc3\xa9]'",
    b"ConnectionError: Connection Refused by db:5432",
    b"OSError: [Errno 24] Too many open files",
    b"[Errno 111] Connection refused",
    b"/bin/sh: line 1: 4711 Killed                  pytest",
    b"Killed",
    b"NotKilled",
    b"QueuePool limit of size  overflow",
    b"Address already in use, address already in use",
    b"exited with status 137",
    b"exited with status 137 and more",
    b"test_connection_refused PASSED [ 42%]",
    b"\x1b[31mKilled\x1b[0m",
    b"10%\r20%\rKilled\r",
    b"broken \xff\xfe bytes",
    b"",
)
LINES = st.lists(st.sampled_from(SAID) | st.binary(max_size=12), max_size=12)
patiently = settings(  # the machine may be busy, and odd texts are what is asked for
    deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
ENDS = st.sampled_from((b"\n", b"\r\n"))


def _plainly(data: bytes, patterns: tuple[Pattern, ...] = PATTERNS) -> list[Hit]:
    """Try each regex on each line: slow, and easy to believe."""
    hits = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        line = scan.ANSI.sub(b"", raw)
        for pattern in patterns:
            for part in line.split(b"\r"):
                if match := re.search(pattern.regex.encode(), part):
                    said = {k: v.decode(errors="replace") for k, v in match.groupdict(b"").items()}
                    named = {k: v for k, v in said.items() if match[k] is not None}
                    hits.append(Hit(number, pattern.id, part, named))
                    break
    return hits


def _log(lines: int) -> bytes:
    said = [SAID[number * 7 % len(SAID)] + b" in %d ms" % number for number in range(lines)]
    return b"\n".join(said)


def _of_thousands(needles: Sequence[bytes]) -> scan.Finder:
    """Look for so many words beside them that the automaton is another one."""
    rest = [b"\xff%05d" % number for number in range(scan.FEW // 6 + 1)]
    return scan.automaton((*needles, *rest))


@pytest.mark.parametrize("engine", [scan.automaton, _of_thousands, scan.plain])
@patiently
@given(lines=LINES, end=ENDS, size=st.integers(1, 64))
def test_every_engine_finds_what_a_plain_loop_finds(
    engine: scan.Engine, lines: list[bytes], end: bytes, size: int
) -> None:
    data = end.join(lines)
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    assert list(Scanner(PATTERNS, engine).scan(blocks)) == _plainly(data)


@patiently
@given(lines=LINES)
def test_a_small_text_is_searched_as_a_file_is(lines: list[bytes]) -> None:
    text = b"\n".join(lines).decode(errors="replace")
    assert Scanner(PATTERNS).find(text) == _plainly(text.encode())


def test_a_block_may_end_at_any_byte() -> None:
    data = b"\r\n".join(SAID)
    expected = _plainly(data)
    scanner = Scanner(PATTERNS)
    assert len(expected) > 10
    for at in range(len(data) + 1):
        assert list(scanner.scan([data[:at], data[at:]])) == expected


def test_big_blocks_are_cut_between_lines() -> None:
    data = _log(20_000)
    assert len(data) > 5 * scan.LONGEST
    assert list(Scanner(PATTERNS).scan([data])) == _plainly(data)
    assert Scanner(PATTERNS).find(data.decode(errors="replace"))[-1].number > 19_000


@pytest.mark.parametrize("around", range(-40, 41, 8))
@pytest.mark.parametrize("cut", [scan.WINDOW, scan.STRIDE, scan.LONGEST, 3 * scan.LONGEST])
def test_a_match_is_found_wherever_a_long_line_is_cut(cut: int, around: int) -> None:
    said = b"worker 'gw0' crashed while running 'a.py::b'"
    line = b"x" * (cut + around) + said + b"y" * cut
    hits = list(Scanner(PATTERNS).scan([b"\n" + line + b"\nKilled\n"]))
    assert [(hit.number, hit.pattern) for hit in hits] == [(2, "crash"), (3, "killed")]
    assert said in hits[0].line
    assert len(hits[0].line) <= scan.WINDOW


@pytest.mark.parametrize("length", range(scan.LONGEST - 3, scan.LONGEST + 4))
def test_lines_about_as_long_as_a_chunk_keep_their_number(length: int) -> None:
    data = b"Killed\n" + b"-" * (length - 22) + b"Address already in use\nKilled"
    for size in (1 << 10, scan.LONGEST, 1 << 20):
        blocks = [data[at : at + size] for at in range(0, len(data), size)]
        assert [hit.number for hit in Scanner(PATTERNS).scan(blocks)] == [1, 2, 3]


def test_a_long_line_is_cut_where_no_line_begins() -> None:
    killed = b"Killed " * scan.LONGEST
    anchored = Scanner([Pattern("begin", "^Killed")])
    assert list(anchored.scan([b"x" + killed])) == []
    assert [hit.line[:6] for hit in anchored.scan([killed])] == [b"Killed"]


def test_hits_of_a_long_line_come_once_and_in_the_order_of_the_patterns() -> None:
    data = (b"Address already in use " * 9000) + b"Connection refused" * 9000
    hits = list(Scanner(PATTERNS).scan([data]))
    assert [hit.pattern for hit in hits] == ["refused", "address"]


def test_a_huge_line_takes_little_memory() -> None:
    def blocks() -> Iterator[bytes]:
        for _ in range(1 << 9):
            yield b"Killed by nobody " + b"-" * scan.LONGEST
        yield b" QueuePool limit of size 5 overflow"

    scanner = Scanner(PATTERNS[3:5])
    scanner.find("")
    tracemalloc.start()
    hits = list(scanner.scan(blocks()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [hit.pattern for hit in hits] == ["killed", "pool"]
    assert peak < 2_000_000


def test_a_group_that_took_no_part_is_left_out_and_an_empty_one_is_not() -> None:
    hits = Scanner(PATTERNS).find("Connection refused\nQueuePool limit of size  overflow")
    assert [hit.groups for hit in hits] == [{}, {"size": ""}]


def test_text_that_is_not_utf_8_is_kept_as_far_as_it_goes() -> None:
    (hit,) = Scanner(PATTERNS).scan([b"connection refused by \xff\xc3\xa9"])
    assert hit.groups == {"host": "\ufffd\u00e9"}
    assert hit.line == b"connection refused by \xff\xc3\xa9"
    assert Scanner(PATTERNS).find("Killed \ud800")


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
    needles = Pattern("it", regex).needles()
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
def test_a_pattern_that_needs_no_literal_is_refused(regex: str) -> None:
    with pytest.raises(ConfigError, match="'vague' can match without") as refusal:
        Scanner([Pattern("vague", regex)]).find("text")
    assert "literals" in refusal.value.hint


@pytest.mark.parametrize("stated", [("abc",), ("long enough", "abc"), ("two\nlines",)])
def test_a_stated_literal_must_be_long_and_on_one_line(stated: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError):
        Pattern("it", "(?:long enough|abc)", stated).needles()


def test_what_is_no_regex_is_refused_in_words() -> None:
    with pytest.raises(ConfigError, match=r"no regular expression: .*unterminated"):
        Pattern("it", "connection (refused").needles()


def test_two_patterns_of_one_id_are_refused() -> None:
    with pytest.raises(ConfigError, match="same id"):
        Scanner([Pattern("it", "first"), Pattern("it", "second")])


def test_a_literal_stated_for_a_regex_of_any_case_is_taken_in_any_case() -> None:
    scanner = Scanner([Pattern("it", "(?i)time(d)? out", ("time",))])
    assert [hit.number for hit in scanner.find("TIME OUT\nTimed Out\ntim out")] == [1, 2]


def test_without_pythons_private_parser_literals_must_be_stated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(re, "_parser")
    monkeypatch.setitem(sys.modules, "re._parser", None)
    assert Scanner([PATTERNS[4]]).find("QueuePool limit of size 5 overflow")
    with pytest.raises(ConfigError, match="can match without"):
        PATTERNS[0].needles()


def test_without_the_wheel_the_findings_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Scanner(PATTERNS).find(_log(50).decode(errors="replace"))
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert Scanner(PATTERNS).find(_log(50).decode(errors="replace")) == expected
