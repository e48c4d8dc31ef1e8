"""Ways in which a file goes wrong, each a function of the bytes, of chance, and of another file."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random, bytes], bytes]
MUTATIONS: dict[str, Mutation] = {}
MOST = 1 << 20  # bytes of an input; a blow-up within it is enough to show what grows
STEPS = (1, 1, 1, 2, 3, 5)  # how many mutations one input takes
NUMBER = re.compile(rb"\d+")
ENDS = (b"\n", b"\r\n", b"\r", b"\r\r\n", b"\n\n", b"\x0b", b"\xe2\x80\xa8", b"")
BLANKS = (b"\t", b"\xc2\xa0", b"  ", b"\0", b"\xe2\x80\x8b")
NUMBERS = (b"0", b"-1", b"1" * 400, b"1e999", b"NaN", b"9223372036854775808", b"\xd9\xa3", b"0x7f")
CODECS = ("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "latin-1", "cp1252", "utf-7")
WORDS = (
    *(b"<![CDATA[", b"]]>", b"&#0;", b"&x;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\xff\xfe", b"\0"),
    *(
        b"<testcase name='a'><failure>",
        b"</testsuite>",
        b'{"a":[',
        b"\\ud800",
        b"\x1b[31m",
        b"\x9b",
    ),
    *(
        b"E   ",
        b"_ _ _ _\n",
        b"[gw0] ",
        b"=== 1 failed in 0.1s ===",
        b"collected 99999999999 items",
    ),
    *(
        b"Killed process 1 (a)",
        b"oom-kill:constraint=",
        b"] invoked oom-killer: gfp_mask=0x0",
        b"%s",
    ),
    *(
        b"{{ 7*7 }}",
        b"<script>",
        b"](javascript:x)",
        b"\xe2\x80\xae",
        b"$(x)",
        b"../../../etc/passwd",
    ),
)
PAIRS = (b"[]", b"{}", b"()", b"<a>", b'{"a":}', b"<testsuite>", b"<error>", b"''", b"> ", b"((")


def mutated(data: bytes, draw: random.Random, other: bytes) -> tuple[bytes, list[str]]:
    """Return the bytes after some mutations, and the names of these."""
    names = [draw.choice(sorted(MUTATIONS)) for _ in range(draw.choice(STEPS))]
    for name in names:
        data = MUTATIONS[name](data, draw, other)[:MOST]
    return data, names


def mutation(change: Mutation) -> Mutation:
    """Note a mutation under its function's name."""
    MUTATIONS[change.__name__] = change
    return change


def _place(data: bytes, draw: random.Random) -> int:
    return draw.randrange(len(data) + 1)


def _stretch(data: bytes, draw: random.Random) -> tuple[int, int]:
    """Choose a part: mostly a short one, now and then any."""
    start = _place(data, draw)
    most = len(data) - start if draw.random() < 0.2 else 200
    return start, min(len(data), start + draw.randrange(most + 1))


@mutation
def bits_flip(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Flip some bits."""
    changed = bytearray(data)
    for _flip in range(draw.randrange(1, 30) if changed else 0):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


@mutation
def end_is_lost(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Cut the end off."""
    return data[: _place(data, draw)]


@mutation
def head_is_lost(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Cut the beginning off."""
    return data[_place(data, draw) :]


@mutation
def middle_is_lost(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Cut a part out."""
    start, end = _stretch(data, draw)
    return data[:start] + data[end:]


@mutation
def two_are_spliced(data: bytes, draw: random.Random, other: bytes) -> bytes:
    """Go on as another file goes on."""
    return data[: _place(data, draw)] + other[_place(other, draw) :]


@mutation
def another_stands_within(data: bytes, draw: random.Random, other: bytes) -> bytes:
    """Put a part of another file into this one."""
    at, (start, end) = _place(data, draw), _stretch(other, draw)
    return data[:at] + other[start:end] + data[at:]


@mutation
def block_is_repeated(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Write a part many times."""
    start, end = _stretch(data, draw)
    times = draw.choice((2, 3, 50, 2000))
    return data[:start] + data[start:end] * min(times, 1 + MOST // max(1, end - start)) + data[end:]


@mutation
def lines_are_shuffled(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Put the lines into any order."""
    lines = data.splitlines(keepends=True)
    draw.shuffle(lines)
    return b"".join(lines)


@mutation
def lines_are_dropped(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Leave lines out, as grep does."""
    share = draw.random()
    return b"".join(line for line in data.splitlines(keepends=True) if draw.random() < share)


@mutation
def line_ends_are_swapped(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """End the lines in another way, or not at all."""
    return data.replace(b"\n", draw.choice(ENDS))


@mutation
def blanks_are_swapped(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Write blanks as other editors do."""
    return data.replace(b" ", draw.choice(BLANKS))


@mutation
def line_is_huge(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Put a line without an end somewhere."""
    at, (start, end) = _place(data, draw), _stretch(data, draw)
    unit = draw.choice((data[start:end][:40] or b"x", draw.choice(WORDS), b" ", b"="))
    return data[:at] + unit * (draw.randrange(1, MOST // 4) // len(unit)) + data[at:]


@mutation
def nesting_is_deep(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Open, and perhaps close, thousands of brackets or elements."""
    at, pair = _place(data, draw), draw.choice(PAIRS)
    deep = draw.choice((10, 300, 5000, 40_000))
    half = len(pair) // 2 if not pair.startswith(b"<") else len(pair)
    close = b"</" + pair[1:] if pair.startswith(b"<") else pair[half:]
    closing = close * deep if draw.random() < 0.5 else b""
    return data[:at] + pair[:half] * deep + closing + data[at:]


@mutation
def numbers_are_others(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Write a number that no program expects in place of some."""
    share, number = draw.choice((0.01, 0.2, 1.0)), draw.choice(NUMBERS)
    return NUMBER.sub(lambda it: number if draw.random() < share else it[0], data[: MOST // 4])


@mutation
def word_is_put_in(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Put in what means something to somebody."""
    for _word in range(draw.randrange(1, 6)):
        at = _place(data, draw)
        data = data[:at] + draw.choice(WORDS) + data[at:]
    return data


@mutation
def bytes_are_random(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Overwrite a part with noise."""
    start, end = _stretch(data, draw)
    return data[:start] + draw.randbytes(end - start) + data[end:]


@mutation
def encoding_is_another(data: bytes, draw: random.Random, _: bytes) -> bytes:
    """Encode it as somebody's editor would."""
    return data.decode("utf-8", "replace").encode(draw.choice(CODECS), "replace")


@mutation
def it_is_packed(data: bytes, draw: random.Random, other: bytes) -> bytes:
    """Pack it, alone or beside another, and damage the package now and then."""
    if draw.random() < 0.5:
        packed = gzip.compress(data, 1, mtime=0)
    else:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (("a.log", data), ("b/../../c.xml", other)):
                archive.writestr(zipfile.ZipInfo(name), content)
        packed = stream.getvalue()
    return bits_flip(packed, draw, other) if draw.random() < 0.5 else packed
