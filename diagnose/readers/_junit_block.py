"""The test cases of a block of XML that need no parser, and what stands between them."""

import re
from array import array
from collections.abc import Iterator
from itertools import compress, count, islice, pairwise
from operator import eq

from diagnose.packed import Packer, Place, Store
from diagnose.readers._junit_plain import (
    NOT_IN_NAMES,
    NOT_IN_TEXTS,
    Whole,
    are_sound,
    unescaped,
)
from diagnose.table import CODES

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


def hides(rest: bytes) -> bool:
    """Say whether what comes after it may be anything, whatever it looks like."""
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
        return hides(self._all_between)

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
