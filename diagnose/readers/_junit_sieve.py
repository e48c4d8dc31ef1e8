"""Takes test cases as pytest writes them out of the XML before the parser sees them.

A large file is little else, and a regular expression parts it several times as fast as a parser
with a callback for each tag. Tests that passed or were skipped go into a table; of one that has
more to say a mark stays, and `kept` has it. What remains is still XML, with every line where it
was, and goes to the parser. Wherever that could be told apart from the whole (comments, CDATA,
other documents, twins side by side, another encoding), the block goes through as it is.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from diagnose.ahead import ahead, beside
from diagnose.packed import Pack, Part, Place, Store
from diagnose.parts import WORTHWHILE
from diagnose.readers._file import BLOCK, File, OnDisk
from diagnose.readers._junit_block import Cases, Plain, hides
from diagnose.readers._junit_plain import Kept, Whole, decoded
from diagnose.table import TestTable

DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?+\s*+<\?xml [^<>?]*+\?>")
FIRST = re.compile(
    rb"(?:%b)?+\s*+(?:<testsuites?+(?: [^<>]*+)?+>\s*+)++(?=<testcase )" % DECLARATION.pattern
)
WORTH_CUTTING = 1 << 18  # below, all of it goes to the parser
LATER = 1 << 40  # of what the second half of a file has, the first number


class Sifted(NamedTuple):
    """What is made of a block: the rest of it, the tests it had, and how far the file was read.

    `blind`: from here on, what looks like a test case may be anything.
    """

    rest: bytes
    plain: Plain | tuple[()]
    kept: dict[str, Whole]
    packs: tuple[bytes | Place, ...]
    read: int
    blind: bool


class Sieve:
    """Fills a table with what it takes out; `used` says whether it took anything."""

    def __init__(self, table: TestTable) -> None:
        self.table = table
        self.kept: dict[str, Kept] = {}
        self.used = False

    def blocks(self, file: File) -> Iterator[bytes]:
        """Yield a file's blocks without what was taken out; a big one is sifted beside us."""
        if file.jobs < 2 or file.size < WORTHWHILE:
            yield from self.sift(file.blocks())
            return
        half, stores = _middle(file), (Store.made(), Store.made())
        blind = False
        with ExitStack() as stack:
            back = partial(_sifted_part, file, (half or 0, None), stores[1])
            made = stack.enter_context(beside(back)) if half else iter(())
            for each in map(Sifted._make, ahead(partial(_sifted_part, file, (0, half), stores[0]))):
                file.progress(each.read)
                blind = each.blind
                yield self._take(each, stores[0])
            if half and blind:  # what is taken for test cases in the second half may be anything
                yield from _between(file, half)
                return
            for each in map(Sifted._make, made):
                file.progress(each.read)
                yield self._take(each, stores[1])

    def sift(self, source: Iterator[bytes]) -> Iterator[bytes]:
        """Yield blocks that end behind a tag, without what was taken out."""
        return map(self._take, sifted(source))

    def _take(self, found: Sifted, store: Store | None = None) -> bytes:
        if found.plain:
            words, codes, names, *columns = found.plain
            self.table.extend_coded(words, codes, _named(names, store), *columns)
            packs = [Pack(data, decoded, store) for data in found.packs]
            for number, (classname, name, seconds, pack, begin, end) in found.kept.items():
                inside = Part(packs[pack], begin, end)
                self.kept[number] = Kept(classname, name, seconds, inside)
            self.used = True
        return found.rest


def _named(names: bytes | Place, store: Store | None) -> bytes | Part:
    return names if isinstance(names, bytes) else Part(Pack(names, store=store), 0, names[1])


def _middle(file: File) -> int | None:
    """Find a test case in the middle of a file; none where it cannot be read from there."""
    if not isinstance(file.open, OnDisk):
        return None
    middle = file.size // 2
    found = next(_between(file, middle), b"").find(b"<testcase ")
    return middle + found if found >= 0 else None


def _sifted_part(file: File, part: tuple[int, int | None], store: Store | None) -> Iterator[Sifted]:
    begin, end = part
    return sifted(_between(file, begin, end), store, LATER if begin else 0)


def _between(file: File, begin: int, end: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of a part of a file, a block at a time."""
    left = sys.maxsize if end is None else end - begin
    with file.open() as stream:
        if begin:
            stream.seek(begin)
        while block := stream.read(min(BLOCK, left)):
            left -= len(block)
            yield block


def sifted(source: Iterator[bytes], store: Store | None = None, marks: int = 0) -> Iterator[Sifted]:
    """Yield what is made of blocks, cut behind a tag; they are plain values.

    What is marked is numbered from `marks` on; a file that goes on has some before.
    """
    first, blind = not marks, False
    carry = b""
    read = 0
    for block in source:
        read += len(block)
        end = block.rfind(b">") + 1
        whole, carry = carry + block[:end], (block[end:] if end else carry + block)
        if not end and len(carry) <= len(block) << 2:
            continue
        if not end:
            whole, carry = carry, b""
        for piece, other in _cut(whole, first=first):
            cases = None if other or blind else Cases(piece, store)
            blind = blind or (cases.hide() if cases else hides(DECLARATION.sub(b"", piece)))
            if cases is None or blind or not cases.are_sound():
                yield Sifted(piece, (), {}, (), read, blind)
            else:
                kept = cases.part(marks)
                marks += len(kept)
                yield Sifted(cases.rest(), cases.plain(), kept, cases.packs(), read, blind)
            read = 0
        first = False
    if carry:
        yield Sifted(carry, (), {}, (), read, blind or hides(carry))


def _cut(block: bytes, *, first: bool) -> Iterator[tuple[bytes, bool]]:
    """Cut off where a file begins, and what is behind the end of a suite: that is not to sift."""
    begin = 0
    if first:
        opening = FIRST.match(block) if len(block) >= WORTH_CUTTING else None
        begin = opening.end() if opening else len(block)
        yield block[:begin], True
    end = block.find(b"</testsuite>", begin)
    end = len(block) if end < 0 else end
    if begin < end:
        yield block[begin:end], False
    if end < len(block):
        yield block[max(begin, end) :], True
