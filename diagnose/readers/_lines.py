"""The lines of a log: decoded, without escape sequences, without what the CI put before them."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from diagnose.readers._file import File

LONGEST = 1 << 16  # what a line is cut to; a progress bar without line ends can be gigabytes
ANSI = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]_P^][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-Z\\-~])"
)
BUILDKITE = re.compile(r"\x1b_bk;t=(\d{10,16})\x07")
ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z"
PREFIXES = {
    "gitlab": re.compile(rf"({ISO}) \d\d[OE][ +]"),
    "cri": re.compile(rf"({ISO}) std(?:out|err) [FP] ?"),
    "jenkins": re.compile(rf"\[({ISO})\] ?"),
    "github-job": re.compile(rf"[^\t\n]{{1,200}}\t[^\t\n]{{1,200}}\t\ufeff?({ISO}) ?"),
    "iso": re.compile(rf"({ISO}) ?"),
    "clock": re.compile(r"\d\d:\d\d:\d\d  ()"),
    "buildkite": BUILDKITE,
}


class Line(NamedTuple):
    """One line: its number in the file, what it says, and when, where the CI stamped it (epoch)."""

    number: int
    text: str
    time: float | None = None


def lines(file: File) -> Iterator[Line]:
    """Yield the lines of a log, in bounded memory; rewritten progress lines keep one number."""
    chunks = texts(file)
    first = next(chunks, "")
    unstamp = _unstamper(first)
    for number, raw in _numbered(first, chunks):
        text, time = unstamp(raw) if unstamp else (raw, None)
        if "\x1b" in text:
            text = ANSI.sub("", text)
        if "\r" in text:
            for part in text.split("\r"):
                if part:
                    yield Line(number, part, time)
        else:
            yield Line(number, text, time)


def encoding(head: bytes) -> str:
    """Tell the encoding of a text from its first bytes; UTF-8 unless it shows otherwise."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    even, odd = head[:2048:2].count(0), head[1:2048:2].count(0)
    if abs(even - odd) > len(head[:2048]) // 4:  # zeros on both sides are a hole in a log
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def texts(file: File) -> Iterator[str]:
    """Yield the text of a file, block by block."""
    decoder = None
    for block in file.blocks():
        if decoder is None:
            decoder = codecs.getincrementaldecoder(encoding(block))("replace")
        yield decoder.decode(block)
    if decoder is not None and (rest := decoder.decode(b"", final=True)):
        yield rest


def _numbered(first: str, chunks: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Split into physical lines; where a file has CR alone, that ends a line."""
    end = "\r" if "\r" in first and "\n" not in first else "\n"
    number, carry, dropping = 0, "", False
    chunk: str | None = first
    while chunk is not None:
        *whole, rest = (chunk.replace("\n", end) if end == "\r" else chunk).split(end)
        for text in whole:
            number += 1
            if dropping:
                dropping = False
                text = ""  # the rest of a line that was too long to keep
            yield number, (carry + text)[:LONGEST].rstrip("\r")
            carry = ""
        if not dropping:
            carry += rest
            if len(carry) > LONGEST:
                carry, dropping = carry[:LONGEST], True
        chunk = next(chunks, None)
    if carry:
        yield number + 1, carry.rstrip("\r")


def _unstamper(first: str) -> Callable[[str], tuple[str, float | None]] | None:
    """Find what the CI puts before most lines, and return what takes it off."""
    sample = [text for text in first[: 1 << 16].lstrip("\ufeff").splitlines()[:400] if text]
    if not sample:
        return None
    if sum(text.startswith('{"log":"') for text in sample) * 2 > len(sample):
        return _docker
    for pattern in PREFIXES.values():
        if sum(bool(pattern.match(text)) for text in sample) * 2 > len(sample):
            return _Stripper(pattern)
    return None


class _Stripper:
    """Takes a stamp off a line; a line without one keeps the time of the line before."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.time: float | None = None
        self._second = ""
        self._epoch: int | None = None

    def __call__(self, text: str) -> tuple[str, float | None]:
        match = self.pattern.match(text.lstrip("\ufeff"))
        if not match:
            return text, self.time
        stamp = match[1]
        self.time = self._iso(stamp) if stamp[10:11] == "T" else seconds(stamp)
        return match.string[match.end() :], self.time

    def _iso(self, stamp: str) -> float | None:
        """Parse a second once, for hundreds of lines share it; the rest is arithmetic."""
        second = stamp[:19]
        if second != self._second:
            self._second = second
            epoch = seconds(second)
            self._epoch = None if epoch is None else int(epoch)
        if self._epoch is None:
            return None
        return (self._epoch * 1_000_000 + int(stamp[20:-1].ljust(6, "0")[:6])) / 1_000_000


def _docker(text: str) -> tuple[str, float | None]:
    try:
        said = json.loads(text)
        text_of = str(said["log"]).rstrip("\n").replace("\n", " ")
        whole = text_of.encode("utf-8", "replace").decode("utf-8")  # \ud800 could not be written
        return whole, seconds(str(said.get("time", "")))
    except (ValueError, TypeError, KeyError, RecursionError):
        return text, None


def seconds(stamp: str) -> float | None:
    """Turn an ISO stamp, or a number of (milli-, micro-) seconds, into seconds since the epoch."""
    if stamp.isdecimal():
        number = float(stamp[:25])
        while number > 1e11:
            number /= 1000
        return number
    try:
        moment = datetime.fromisoformat(_MICROSECONDS.sub(r"\1", stamp))
    except ValueError:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, OSError, ValueError):
        return None


_MICROSECONDS = re.compile(r"(\.\d{6})\d+")
