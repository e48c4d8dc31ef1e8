"""The tests as pytest's progress lines name them: what was started, what was reported."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from diagnose.readers._lines import Line
from diagnose.readers._nodeid import split_nodeid, without_group
from diagnose.table import NAN, TestTable

WORD = (
    r"(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS|RERUN|xfail|xpass|SUB[A-Z]+)"
    r"(?:\[[^\[\]]{0,200}\])?(?: ?\([^()]*\))?"  # of a subtest, what tells it from the others
)
# After the last test nothing ends the line until a summary does; a runner that dies has none.
DIED = r"(?:Traceback \(most recent call last\):)?"
REPORTED = re.compile(rf"\[(gw\d{{1,5}})\] (?:\[[ \d/%]{{2,20}}\] )?{WORD} (\S.*)")
ENDING = re.compile(
    rf"(?:^| ){WORD}(?: \([^\n]*\))?(?:\x20*\[[ \d/%:.msh]{{2,20}}\]|\x20+[\d.]+m?s)?\x20*{DIED}$"
)
PATH = re.compile(r"[\w./\\@+~-](?:[^:\"'=(){}\[\]|<>*?]{0,400}\.\w{1,12})$")
LETTERS = re.compile(
    r"(?:(\S[^:\n]{0,400}\.\w{1,12}) )?([.FEsSxXRuUpP,]+)(?: +\[[ \d/%]+\])?\x20*"
    rf"{DIED}$"
)
TORN_LETTERS = re.compile(
    r"(?:(\S[^:\n]{0,400}\.\w{1,12}) )?([.FEsSxXRu,]{1,400}?)"
    r"(?=\[gw\d|={3,} test session starts =|Fatal Python|Windows fatal"
    r"|Killed|Terminated|Aborted|Segmentation"
    r"|\./(?!bin|usr|opt|home|root|var|tmp)[\w./-]{1,200}: line \d|/[\w./-]{1,200}: line \d"
    r"|(?:ba|da|z)?sh: line \d)"
)
COUNTED = {
    ".": "passed",
    "F": "failed",
    "E": "error",
    "s": "skipped",
    "S": "skipped",
    "x": "xfailed",
    "X": "xpassed",
}
OUTCOMES = {
    "PASSED": "passed",
    "XPASS": "passed",
    "xpass": "passed",
    "SKIPPED": "skipped",
    "XFAIL": "skipped",
    "xfail": "skipped",
}
BAD = ("FAILED", "ERROR")
GLUED = re.compile(
    r"[\])\w] (?:Fatal Python|Windows fatal|Timeout \(|\+{3,} Timeout|.{0,300}line \d+: +\d+ )"
)
ELSEWHERE = " <- "  # what follows is the file that defines an inherited test
LONGEST_ID = 8192
HELD_ROWS = 20_000
MOST_STARTED = 200_000

Row = tuple[str, str, str, float]  # id, outcome, worker, start


@dataclass(slots=True)
class Reported:
    """A failed or retried test, as its progress lines tell it."""

    line: int
    worker: str = ""
    start: float | None = None
    crashed: bool = False
    words: list[str] = field(default_factory=list)
    reruns: list[int] = field(default_factory=list)


class Progress:
    """Reads progress lines, verbose or dots, of one process or many."""

    def __init__(self) -> None:
        self.table = TestTable()
        self.started: dict[str, float | None] = {}
        self.reported: dict[str, Reported] = {}
        self.workers: set[str] = set()
        self.down: set[str] = set()  # workers whose death is not yet blamed on a test
        self.whole = False  # the letters have come to 100%
        self.died: set[str] = set()
        self.letters: dict[str, list[str]] = {"F": [], "E": []}
        self.all_letters: Counter[str] = Counter()
        self.path = ""
        self.paths: set[str] = set()
        self.parallel = False
        self._pending = ""
        self._last: dict[str, Row] = {}
        self._rows: list[Row] = []
        self._known: set[str] = set()

    def take(self, line: Line) -> bool:
        """Read a line, and say whether it was one of progress."""
        text = line.text
        if text.startswith("[gw"):
            match = REPORTED.match(text)
            if not match:
                return False
            worker, word, nodeid = match.groups()
            torn = "Fatal" in nodeid and GLUED.search(nodeid)
            self.report(_first(nodeid) if torn else nodeid.rstrip(), word, worker, line)
            return not torn
        head, colons, _ = text.partition("::")
        if colons and len(text) <= LONGEST_ID and (head in self._known or self._is_path(head)):
            return self._named(line)
        return bool(text) and self._unnamed(line)

    def report(self, nodeid: str, word: str, worker: str, line: Line) -> None:
        """Note how a test ended."""
        if ELSEWHERE in nodeid or "@" in nodeid:
            nodeid = _bare(nodeid)
        start = self.started.pop(nodeid, None)
        outcome = OUTCOMES.get(word)
        if worker and worker not in self.workers:
            self.workers.add(worker)
            self.parallel = True
        if outcome is None or nodeid in self.reported:
            self._bad(nodeid, word, worker, Reported(line.number, worker, start))
            return
        last = self._last.get(worker)
        if last is not None:
            self._rows.append(last)
            if len(self._rows) >= HELD_ROWS:
                self._flush({})
        self._last[worker] = (nodeid, outcome, worker, NAN if start is None else start)

    def counts(self) -> dict[str, int]:
        """Count the letters in pytest's words, as its last line would have done."""
        counts: Counter[str] = Counter()
        for letter, number in self.all_letters.items():
            if letter in COUNTED:
                counts[COUNTED[letter]] += number
        return dict(counts)

    def close(self, seconds: dict[str, float]) -> None:
        """Settle what is held back; the durations list has named times by then."""
        self._rows.extend(self._last.values())
        self._last.clear()
        self._flush(seconds)

    def _bad(self, nodeid: str, word: str, worker: str, fresh: Reported) -> None:
        if word.startswith("SUB") and not word.startswith("SUBFAIL"):
            return
        last = self._last.get(worker)
        if last is not None and last[0] == nodeid:
            del self._last[worker]  # passed, and then failed in its teardown
        said = self.reported.setdefault(nodeid, fresh)
        if worker in self.down:
            self.down.discard(worker)
            said.crashed = True
        if word == "RERUN":
            said.reruns.append(fresh.line)
        else:
            said.words.append(word)

    def _named(self, line: Line) -> bool:
        """Take a line that begins with a node id, and say whether it holds nothing else."""
        text = line.text
        whole = text.rstrip()
        if self.parallel and "Fatal" not in text:
            self._start(whole, line)
            return True
        match = ENDING.search(text)
        if match and match.start():
            self._pending = ""
            self.report(text[: match.start()].rstrip(), match[1], "", line)
            return True
        alone = text.endswith(" ") and "  " not in whole and not GLUED.search(text)
        nodeid = whole if alone else _first(text)
        self._start(nodeid, line)
        self._pending = nodeid
        return nodeid == whole

    def _start(self, nodeid: str, line: Line) -> None:
        if not self.parallel:
            self.started.clear()  # whoever starts after it has seen the end of the one before
        if len(self.started) < MOST_STARTED:
            self.started[_bare(nodeid)] = line.time

    def _unnamed(self, line: Line) -> bool:
        """Take dots, or the end of a verbose line that output has torn in two."""
        text = line.text
        if len(text) <= LONGEST_ID:
            match = LETTERS.match(text)
            if match:
                self._dots(match[1], match[2])
                self.whole = "[100%]" in text
                return True
            if match := TORN_LETTERS.match(text):
                self._dots(match[1], match[2])
                return False
            if self._pending and not self.parallel and (match := ENDING.search(text)):
                self.report(self._pending, match[1], "", line)
                self._pending = ""
                return True
        return False

    def _dots(self, path: str | None, letters: str) -> None:
        if path:
            self.path = path
            if len(self.paths) < MOST_STARTED:
                self.paths.add(path)
        self.all_letters.update(letters)
        for letter in ("F", "E"):
            if found := letters.count(letter):
                self.letters[letter].extend([self.path] * found)

    def _is_path(self, head: str) -> bool:
        if not PATH.match(head) or ".py " in head:
            return False
        if len(self._known) < 10_000:
            self._known.add(head)
        return True

    def _flush(self, seconds: dict[str, float]) -> None:
        bad = self.reported
        self.table.extend(
            (*_names(nodeid), outcome, seconds.get(nodeid, NAN), worker, start)
            for nodeid, outcome, worker, start in self._rows
            if nodeid not in bad
        )
        self._rows.clear()


def _names(nodeid: str) -> tuple[str, str]:
    """Split a node id as all do; most are plain, and share their class with the one before."""
    head = nodeid.partition("[")[0].rpartition("::")[0]
    if head and nodeid.isascii() and nodeid.isprintable():
        return _classname(head), nodeid[len(head) + 2 :]
    return split_nodeid(nodeid)


@lru_cache(maxsize=4096)
def _classname(head: str) -> str:
    return split_nodeid(f"{head}::x")[0]


def _bare(nodeid: str) -> str:
    """Return a node id without what pytest and xdist append to it."""
    return without_group(nodeid.partition(ELSEWHERE)[0])


def _first(text: str) -> str:
    """Return the node id a line begins with, where output may follow it."""
    depth = 0
    for place, char in enumerate(text):
        if char == " " and depth <= 0:
            return text[:place]
        depth += (char == "[") - (char == "]")
    return text
