"""Takes test cases as pytest writes them out of the XML before the parser sees them.

A large file is little else, and a regular expression parts it several times as fast as a parser
with a callback for each tag. Tests that passed or were skipped go into a table; of one that has
more to say a mark stays, and `kept` has it. What remains is still XML, with every line where it
was, and goes to the parser. Wherever that could be told apart from the whole (comments, CDATA,
other documents, twins side by side, another encoding), the block goes through as it is.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import compress, count, islice, pairwise
from operator import eq
from typing import Any, NamedTuple

from diagnose.ahead import ahead
from diagnose.packed import Pack, Packer, Part, Place, Store
from diagnose.parts import WORTHWHILE
from diagnose.readers._file import File
from diagnose.readers._junit_plain import (
    NOT_IN_NAMES,
    NOT_IN_TEXTS,
    Kept,
    Whole,
    are_sound,
    decoded,
    unescaped,
)
from diagnose.table import CODES, TestTable

ATTRIBUTES = rb'(?: type="[^"<\t\n]*+")?+(?: message="[^"<\t\n]*+")?+'
CHILD = rb"<%b" + ATTRIBUTES + rb">[^<]*+</%b>"
CHILDREN = b"|".join(
    CHILD % (tag, tag) for tag in (b"failure", b"error", b"skipped", b"system-out", b"system-err")
)
# No part of it runs over a quote or a tag: however hostile the text, no byte is looked at twice.
CASE = re.compile(
    rb'<testcase classname="([^"]*+)" name="([^"]++)" time="(\d{1,7}+\.\d{1,9}+)"'
    rb"(?: ?/>|>((?:" + CHILDREN + rb")++)</testcase>)"
)
DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?+\s*+<\?xml [^<>?]*+\?>")
FIRST = re.compile(
    rb"(?:%b)?+\s*+(?:<testsuites?+(?: [^<>]*+)?+>\s*+)++(?=<testcase )" % DECLARATION.pattern
)
WORTH_CUTTING = 1 << 18  # below, all of it goes to the parser
LONE_SKIP = re.compile(rb"<skipped[^<\n]*</skipped>")
NAMED = re.compile(rb'<testcase [^<>]{0,600}?\bname="([^"]*)"')
# After one of these, text that looks like a test case may be anything.
OPAQUE = (b"<!", b"<?", b"<kept")
# Stands where tests were taken out: the test before and the one behind are no neighbours.
GAP = b"<gap/>"
# Stands for a test case that has more to say.
MARK = b'<kept n="%d"/>'
PASSED, SKIPPED = CODES["passed"], CODES["skipped"]


# Words, codes, names, outcomes and seconds, as `TestTable.extend_coded` wants them.
Plain = tuple[bytes, bytes, bytes | Place, bytes, bytes]


class Sifted(NamedTuple):
    """What is made of a block: the rest of it, the tests it had, and how far the file was read."""

    rest: bytes
    plain: Plain | tuple[()]
    kept: dict[str, Whole]
    packs: tuple[bytes | Place, ...]
    read: int


class Sieve:
    """Fills a table with what it takes out; `used` says whether it took anything."""

    def __init__(self, table: TestTable) -> None:
        self.table = table
        self.kept: dict[str, Kept] = {}
        self.used = False
        self._store: Store | None = None

    def blocks(self, file: File) -> Iterator[bytes]:
        """Yield a file's blocks without what was taken out; a big one is sifted beside us."""
        silent = replace(file, progress=lambda _: None)

        beside = file.jobs > 1 and file.size >= WORTHWHILE
        self._store = Store.made() if beside else None

        def work() -> Iterator[tuple[Any, ...]]:
            return sifted(silent.blocks(), self._store)

        for each in ahead(work) if beside else work():
            file.progress(each[-1])
            yield self._take(Sifted(*each))

    def sift(self, source: Iterator[bytes]) -> Iterator[bytes]:
        """Yield blocks that end behind a tag, without what was taken out."""
        return map(self._take, sifted(source))

    def _take(self, found: Sifted) -> bytes:
        if found.plain:
            words, codes, names, *columns = found.plain
            self.table.extend_coded(words, codes, self._named(names), *columns)
            packs = [Pack(data, decoded, self._store) for data in found.packs]
            for number, (classname, name, seconds, pack, begin, end) in found.kept.items():
                inside = Part(packs[pack], begin, end)
                self.kept[number] = Kept(classname, name, seconds, inside)
            self.used = True
        return found.rest

    def _named(self, names: bytes | Place) -> bytes | Part:
        if isinstance(names, bytes):
            return names
        return Part(Pack(names, store=self._store), 0, names[1])


def sifted(source: Iterator[bytes], store: Store | None = None) -> Iterator[Sifted]:
    """Yield what is made of blocks, cut behind a tag; they are plain values."""
    carry = b""
    marks = read = 0
    first, blind = True, False
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
            blind = blind or (cases.hide() if cases else _hides(DECLARATION.sub(b"", piece)))
            if cases is None or blind or not cases.are_sound():
                yield Sifted(piece, (), {}, (), read)
            else:
                kept = cases.part(marks)
                marks += len(kept)
                yield Sifted(cases.rest(), cases.plain(), kept, cases.packs(), read)
            read = 0
        first = False
    if carry:
        yield Sifted(carry, (), {}, (), read)


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


def _hides(rest: bytes) -> bool:
    return any(sign in rest for sign in OPAQUE)


class Cases:
    """The test cases of a block that the sieve knows, and what stands between them."""

    def __init__(self, block: bytes, store: Store | None = None) -> None:
        parts = CASE.split(block)
        self.between: list[bytes] = parts[0::5]
        self.classes: list[bytes] = parts[1::5]
        self.names: list[bytes] = parts[2::5]
        self.seconds: list[bytes] = parts[3::5]
        self.inside: list[bytes | None] = parts[4::5]
        words = dict.fromkeys(self.classes)
        self._codes = {word: number for number, word in enumerate(words)}
        self._numbers = list(map(self._codes.__getitem__, self.classes))
        self._stays: dict[int, bytes] = {}
        self._store = store
        self._said = Packer(store)
        self._all_between = b"".join(self.between)

    def rest(self) -> bytes:
        """Join what stands between them."""
        return b"".join(self.between).replace(GAP + b"<kept", b'<kept apart=""')

    def hide(self) -> bool:
        """Say whether, from here on, what looks like a test case may be anything."""
        return _hides(self._all_between)

    def are_sound(self) -> bool:
        """Say whether a parser would find nothing wrong with them, and no suite ends or begins."""
        return (
            b"testsuite" not in self._all_between
            and are_sound(self.names, NOT_IN_NAMES)
            and are_sound(self._codes, NOT_IN_NAMES + b"&")
            and are_sound(list(filter(None, self.inside)), NOT_IN_TEXTS)
        )

    def part(self, marks: int) -> dict[str, Whole]:
        """Leave marks of what has more to say, and return that by its number.

        What stands beside a test of the same name is left to the parser: it is pytest's reruns.
        The first and the last of a block may stand beside one in the next block.
        """
        found = {str(number): each for number, each in enumerate(self._mark(marks), start=marks)}
        said = compress(count(), self.between)
        noisy = [number for number in said if b"<testcase" in self.between[number]]
        for number in self._twins(noisy) - self._stays.keys():
            self._stays[number] = self._whole(number)
        for number in {*noisy, *self._stays}:
            if number and number - 1 not in self._stays:
                self.between[number] = GAP + self.between[number]
        for number, left in self._stays.items():
            self.between[number + 1] = left + self.between[number + 1]
        return found

    def _mark(self, marks: int) -> Iterator[Whole]:
        for number in compress(count(), self.inside):
            inside = self.inside[number] or b""
            if not LONE_SKIP.fullmatch(inside):
                self._stays[number] = MARK % marks + b"\n" * inside.count(b"\n")
                marks += 1
                classname, name = self.classes[number].decode(), self.names[number].decode()
                seconds = float(self.seconds[number])
                pack, begin = self._said.add(inside)
                yield classname, unescaped(name), seconds, pack, begin, begin + len(inside)

    def packs(self) -> tuple[bytes | Place, ...]:
        """Return what the tests say that have more to say."""
        return self._said.packs()

    def _twins(self, noisy: list[int]) -> set[int]:
        names = self.names
        twins = {0, len(names) - 1} if names else set[int]()
        if any(map(eq, names, islice(names, 1, None))):
            pairs = enumerate(pairwise(names), start=1)
            twins |= {at for n, pair in pairs if eq(*pair) for at in (n - 1, n)}
        for number in noisy:
            piece = self.between[number]
            twins |= {at for at in (number - 1, number) if self._is_twin(at, number, piece)}
        return twins

    def _is_twin(self, at: int, number: int, piece: bytes) -> bool:
        """Compare a test with the last test of the piece before it, or the first behind it."""
        if not 0 <= at < len(self.names):
            return False
        other = NAMED.search(piece, piece.rfind(b"<testcase ") if at == number else 0)
        return other is None or other[1] == self.names[at]

    def _whole(self, number: int) -> bytes:
        inside = self.inside[number]
        end = b">%b</testcase>" % inside if inside else b"/>"
        values = (self.classes[number], self.names[number], self.seconds[number], end)
        return b'<testcase classname="%b" name="%b" time="%b"%b' % values

    def plain(self) -> Plain:
        """Return the columns of what was taken out."""
        goes = bytearray(b"\1") * len(self.names)
        for number in self._stays:
            goes[number] = 0
        outcomes = bytearray([PASSED]) * len(self.names)
        for number in compress(count(), self.inside):
            outcomes[number] = SKIPPED
        names = unescaped(b"\0".join(compress(self.names, goes)).decode()).encode()
        place = self._store.put(names) if self._store else None
        numbers = array("i", compress(self._numbers, goes))
        times = array("d", map(float, compress(self.seconds, goes)))
        words = b"\0".join(self._codes)
        return (
            words,
            numbers.tobytes(),
            place or names,
            bytes(compress(outcomes, goes)),
            times.tobytes(),
        )
