"""Tests that need no words: some 60 bytes each, in columns, however many there are."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import compress, count, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from diagnose.packed import Part

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = ("passed", "failed", "error", "skipped", "not_run")
CODES = {outcome: code for code, outcome in enumerate(OUTCOMES)}
NAN = float("nan")


class Row(NamedTuple):
    """One test of the table; a time that nobody knows is NaN."""

    classname: str
    name: str
    outcome: str = "passed"
    seconds: float = NAN
    worker: str = ""
    start: float = NAN

    @property
    def key(self) -> str:
        """Name the test as all formats can."""
        return f"{self.classname}::{self.name}"


class _Batch(NamedTuple):
    """A few thousand rows; names are one text, for an object each would cost ten times as much."""

    classes: array[int]
    named: bytes | Part
    outcomes: bytes
    seconds: array[float]
    workers: array[int] | None
    starts: array[float] | None

    @property
    def names(self) -> bytes:
        """Return the tests' own names, joined by NUL."""
        return self.named if isinstance(self.named, bytes) else self.named.data()

    def coded(self, codes: list[int]) -> _Batch:
        """Return the batch with its words numbered as another table numbers them."""
        workers = self.workers and array("i", map(codes.__getitem__, self.workers))
        return self._replace(
            classes=array("i", map(codes.__getitem__, self.classes)), workers=workers
        )

    def only(self, kept: list[int]) -> _Batch:
        """Return the rows of these numbers."""

        def column(values: array[Any] | None) -> array[Any] | None:
            return values and array(values.typecode, map(values.__getitem__, kept))

        names = self.names.split(b"\0")
        return _Batch(
            array("i", map(self.classes.__getitem__, kept)),
            b"\0".join(map(names.__getitem__, kept)),
            bytes(map(self.outcomes.__getitem__, kept)),
            array("d", map(self.seconds.__getitem__, kept)),
            column(self.workers),
            column(self.starts),
        )


def _known(batch: _Batch) -> float:
    """Add up durations; only where one is not known does each have to be asked."""
    total = sum(batch.seconds)
    return total if total == total else sum(value for value in batch.seconds if value == value)


def _joints(key: str) -> Iterator[int]:
    """Find where a key may be parted into classname and name."""
    at = key.find("::")
    while at >= 0:
        yield at
        at = key.find("::", at + 1)


class TestTable:
    """Passed and skipped tests of one input, in its order."""

    __test__ = False

    def __init__(self) -> None:
        self._batches: list[_Batch] = []
        self._words: dict[str, int] = {}
        self._size = 0
        self._slow: dict[tuple[float, int], list[float]] = {}

    def extend(self, rows: Iterable[tuple[str, str, str, float, str, float]]) -> None:
        """Append rows in the order of `Row`; thousands at a time are what makes it cheap."""
        columns = tuple(zip(*rows, strict=True))
        if not columns:
            return
        classes, names, outcomes, seconds, workers, starts = columns
        words = self._words
        for word in {*classes, *workers}:
            words.setdefault(word, len(words))
        self._batches.append(
            _Batch(
                array("i", map(words.__getitem__, classes)),
                "\0".join(name.replace("\0", "") for name in names).encode("utf-8", "replace"),
                bytes(map(CODES.__getitem__, outcomes)),
                array("d", seconds),
                array("i", map(words.__getitem__, workers)) if any(workers) else None,
                array("d", starts) if any(start == start for start in starts) else None,
            )
        )
        self._size += len(names)

    def extend_coded(
        self, words: bytes, codes: bytes, names: bytes | Part, *columns: bytes
    ) -> None:
        """Append tests: words and names joined by NUL, codes that number the words, and so on."""
        if not codes:
            return
        outcomes, seconds = columns
        known = [
            self._words.setdefault(word, len(self._words)) for word in words.decode().split("\0")
        ]
        classes, times = array("i"), array("d")
        classes.frombytes(codes)
        times.frombytes(seconds)
        classes = array("i", map(known.__getitem__, classes))
        self._batches.append(_Batch(classes, names, outcomes, times, None, None))
        self._size += len(outcomes)

    @classmethod
    def together(cls, tables: Iterable[TestTable]) -> TestTable:
        """Make one table of several, without a copy where there is one alone."""
        tables = list(tables)
        if len(tables) == 1:
            return tables[0]
        largest = max(tables, key=len, default=cls())
        whole = cls()
        whole._words = dict(largest._words)
        for table in tables:
            codes = [whole._words.setdefault(word, len(whole._words)) for word in table._words]
            same = table is largest
            whole._batches.extend(each if same else each.coded(codes) for each in table._batches)
            whole._size += len(table)
        return whole

    def __len__(self) -> int:
        """Count the tests."""
        return self._size

    def __iter__(self) -> Iterator[Row]:
        """Yield every test, in the order of the input."""
        for batch in self._batches:
            yield from self._rows(batch)

    def _rows(self, batch: _Batch) -> Iterator[Row]:
        words = list(self._words)
        workers = (words[code] for code in batch.workers) if batch.workers else repeat("")
        columns = zip(
            (words[code] for code in batch.classes),
            batch.names.decode().split("\0"),
            (OUTCOMES[code] for code in batch.outcomes),
            batch.seconds,
            workers,
            batch.starts or repeat(NAN),
            strict=False,
        )
        return map(Row._make, columns)

    def find(self, keys: Collection[str]) -> dict[int, Row]:
        """Return the rows of these keys by their number."""
        wanted = {
            (self._words[key[:at]], key[at + 2 :].encode("utf-8", "replace"))
            for key in keys
            for at in _joints(key)
            if key[:at] in self._words
        }
        classes = {code for code, _ in wanted}
        found, first = dict[int, Row](), 0
        for batch in self._batches:
            near = any(map(classes.__contains__, batch.classes))
            named = zip(batch.classes, batch.names.split(b"\0"), strict=False) if near else ()
            numbers = list(compress(count(), map(wanted.__contains__, named)))
            rows = self._rows(batch.only(numbers)) if numbers else ()
            found.update(zip((first + number for number in numbers), rows, strict=True))
            first += len(batch.outcomes)
        return found

    def without(self, numbers: Collection[int]) -> TestTable:
        """Return the table without these rows; batches that lose none are shared."""
        left, first = TestTable(), 0
        left._words = self._words
        for batch in self._batches:
            size = len(batch.outcomes)
            gone = {number - first for number in numbers if first <= number < first + size}
            if len(gone) < size:  # names joined by NUL can't tell no name from an empty one
                left._batches.append(batch.only(sorted({*range(size)} - gone)) if gone else batch)
            left._size += size - len(gone)
            first += size
        return left

    def texts(self) -> Iterator[str]:
        """Yield its words, and the tests' names some thousands at a time, a line each."""
        yield from self._words
        for batch in self._batches:
            yield batch.names.decode().replace("\0", "\n")

    def renamed(self, new: Callable[[str], str]) -> TestTable:
        """Return the table with its words changed; batches that keep theirs are shared."""
        table = TestTable()
        table._size = self._size
        codes = [table._words.setdefault(new(word), len(table._words)) for word in self._words]
        same = list(table._words) == list(self._words)
        for batch in self._batches:
            names = batch.names.decode()
            if new(names) != names:
                names = "\0".join(new(name).replace("\0", "") for name in names.split("\0"))
                batch = batch._replace(named=names.encode("utf-8", "replace"))
            table._batches.append(batch if same else batch.coded(codes))
        return table

    def nameless(self) -> TestTable:
        """Return the table without the tests' own names, for who only counts them."""
        table = TestTable()
        table._size, table._words = self._size, dict(self._words)
        for batch in self._batches:
            table._batches.append(batch._replace(named=b"\0" * batch.names.count(b"\0")))
        return table

    def keys(self) -> Iterator[str]:
        """Yield the key of every test; cheaper than whole rows."""
        words = list(self._words)
        for batch in self._batches:
            names = batch.names.decode().split("\0")
            for code, name in zip(batch.classes, names, strict=True):
                yield f"{words[code]}::{name}"

    def timed(self) -> Iterator[tuple[str, int, float]]:
        """Yield key, code of the outcome and seconds of every test; cheaper than whole rows."""
        codes = (code for batch in self._batches for code in batch.outcomes)
        seconds = (value for batch in self._batches for value in batch.seconds)
        return zip(self.keys(), codes, seconds, strict=True)

    def workers(self) -> set[str]:
        """Name the workers that ran the tests, where that is known."""
        words = list(self._words)
        used = {code for batch in self._batches for code in batch.workers or ()}
        return {words[code] for code in used}

    def per_worker(self) -> Counter[str]:
        """Count the tests of each worker; of those that nobody named, under no name."""
        tests = Counter[int]()
        unnamed = sum(len(batch.outcomes) for batch in self._batches if batch.workers is None)
        for batch in self._batches:
            tests.update(batch.workers or ())
        words = list(self._words)
        known = Counter({words[code]: number for code, number in tests.items()})
        return known + Counter({"": unnamed})

    def starts(self) -> list[float]:
        """Return when the tests began, where that is known."""
        return [at for batch in self._batches for at in batch.starts or () if at == at]

    def slow(self, least: float) -> list[float]:
        """Return the durations that are not shorter; asked again and again, it looks once."""
        asked = (least, self._size)
        if asked not in self._slow:
            found = [s for batch in self._batches for s in batch.seconds if s >= least]
            self._slow = {asked: found}
        return self._slow[asked]

    def longer(self, least: float) -> Iterator[Row]:
        """Yield the rows that took longer; only those are made."""
        for batch in self._batches:
            numbers = list(compress(count(), map(least.__lt__, batch.seconds)))
            if numbers:
                yield from self._rows(batch.only(numbers))

    def count(self, outcome: str) -> int:
        """Count the tests that ended so."""
        code = CODES[outcome]
        return sum(batch.outcomes.count(code) for batch in self._batches)

    def total_seconds(self) -> float:
        """Add up the durations that are known."""
        return sum(map(_known, self._batches))

    def frame(self) -> pd.DataFrame:
        """Return the table as a pandas frame, one row a test."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(Row._fields))
