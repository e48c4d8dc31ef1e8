"""The lines by which a block of any file shows that pytest wrote it."""

import re
from collections.abc import Iterator

ANSI = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]")
HINTS = re.compile(
    rb"test session starts|short test summary info|collected \d|INTERNALERROR> |\[gw\d|\.py::"
    rb"| in \d|usage: |\(core dumped\)|: +\d+ Killed|exited with \d|: +\d+ (?:Segm|Abor|Term)"
)
PARTS = 8  # of a line that are looked at; no line of pytest's needs more than one
LINE_END = re.compile(rb"[\r\n]")
LONGEST = 1000  # bytes of a line that are looked at, on either side of a hint
RULES = re.compile(
    rb"(?:^|[ \t])=+ (?:test session starts|short test summary info) =+\s*$"
    rb"|(?:^|[ \t])collected \d+ items?(?: / |$|\s)"
    rb"|(?:^|[ \t])INTERNALERROR> "
    rb"|(?:^|[ \t])(?:ERROR: )?usage: .{0,200}\b(?:pytest|py\.test) \[options\]"
    rb"|(?:^|[ \t])(?:=+ )?\d+(?:/\d+)? tests? collected (?:\(.{1,60}\) )?in [\d.]+s(?: =+)?\s*$"
)
REPORT = re.compile(
    rb"(?:^|[ \t.FEsx])\[gw\d+\](?: (?:\[ *\d+%\] )?(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) \S"
    rb"| node down: )"
)
LISTED = re.compile(rb"(?:^|[ \t])(?:FAILED|ERROR) \S+$")
ENDED = re.compile(rb" (?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?: \(.*\))? *\[ *\d+%\]\s*$")
SUM = re.compile(
    rb"(?:^|[ \t])(?:=+ )?(?:\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed"
    rb"|rerun|warnings?|pytest-warnings|subtests passed)(?:, |(?= in )))+(?<!, )"
    rb" in [\d.]+ ?s(?:econds)?(?: \([\d:]+\))?(?: =+)?\s*$"
    rb"|(?:^|[ \t])=+ no tests ran in [\d.]+ ?s(?:econds)? =+\s*$"
)
DEATH = re.compile(
    rb"line \d+: +\d+ (?:Killed|Segmentation fault|Aborted|Terminated) .*\b(?:pytest|py\.test)\b"
    rb'|The command ".*\b(?:pytest|py\.test)\b.*" (?:failed and )?exited with \d'
)


def shows_pytest(block: bytes) -> bool:
    """Find a rule, a sum or a line of progress that pytest alone prints."""
    if b"\0" in block[:64]:
        block = block.replace(b"\0", b"")
    if block.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<":
        return False
    return any(_is_sign(line) for line in _candidates(block))


def _candidates(block: bytes) -> Iterator[bytes]:
    """Yield the lines that hold a hint, each once; of an endless one, some of its parts."""
    after = parts = 0
    while hint := HINTS.search(block, after):
        begin = max(_last_end(block, hint.start()), after, hint.start() - LONGEST)
        inside = begin in (after, hint.start() - LONGEST)
        parts = parts + 1 if inside else 1
        after = _next_end(block, hint.end())
        yield ANSI.sub(b"", block[begin:after])
        if parts >= PARTS:
            after, parts = _line_end(block, after), 0


def _last_end(block: bytes, place: int) -> int:
    first = max(place - LONGEST, 0)
    return max(block.rfind(b"\n", first, place), block.rfind(b"\r", first, place)) + 1


def _next_end(block: bytes, place: int) -> int:
    last = place + LONGEST
    ends = [end for char in (b"\n", b"\r") if (end := block.find(char, place, last)) >= 0]
    return min(ends, default=min(last, len(block)))


def _line_end(block: bytes, place: int) -> int:
    """Find where the line ends, however far that is."""
    end = LINE_END.search(block, place)
    return end.start() if end else len(block)


def _is_sign(line: bytes) -> bool:
    if RULES.search(line) or REPORT.search(line) or SUM.search(line) or DEATH.search(line):
        return True
    before, found, after = line.partition(b".py::")
    return bool(found) and bool(LISTED.search(before) or ENDED.search(after[-LONGEST:]))
