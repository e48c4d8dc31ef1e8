"""Takes expat's events and makes records of them; a passing test costs one short call."""

from typing import Any
from xml.etree.ElementTree import Element

from diagnose.model import Event, Session, TestResult
from diagnose.readers._junit_case import (
    FINAL,
    RawRow,
    Setting,
    interpret,
    joined,
    made_of,
    row,
    row_of,
)
from diagnose.readers._junit_plain import Kept
from diagnose.readers._junit_roots import foreign
from diagnose.readers._junit_suite import RUNNERS, Suite, session
from diagnose.readers._junit_tree import Tree, element, local
from diagnose.readers._junit_values import LONGEST, NAN, duration
from diagnose.table import TestTable

BATCH = 8192
MOST_TRIES = 100  # each is copied when the next one is joined to it
OF_SUITE = ("properties", "system-out", "system-err", "error", "failure")
PLAIN = ["classname", "name", "time"]  # what pytest writes, in its order


class RefusedError(Exception):
    """The document is not to be read any further; the message is for the user."""


class Intake:
    """What was read so far; `out` is taken away block by block, `table` at the end.

    Between test cases only tags are listened to. Inside of one that has children, and inside of
    what a suite says, a `Tree` gets all events.
    """

    def __init__(self, path: str) -> None:
        self.setting = Setting(path)
        self.out: list[TestResult | Event | Session] = []
        self.table = TestTable()
        self.kept: dict[str, Kept] = {}
        self._results = 0
        self.root: Element | None = None
        self._rows: list[RawRow] = []
        self._pending: TestResult | None = None
        self._suites: list[Suite] = []
        self._open = self._twin = False
        self._attributes: list[str] = []
        self._skip: list[str] | None = None
        self._plain: RawRow = ("", "", "passed", NAN, "", NAN)
        self._name = ""
        self._line = self._base = 0
        self._tree: Tree | None = None

    def attach(self, parser: Any, base: int) -> None:
        """Listen to a new document, which begins after `base` lines of the file."""
        self._parser, self._base = parser, base
        self.root = self._tree = None
        self._open = False
        self._suites.clear()
        self._listen()
        parser.StartDoctypeDeclHandler = _doctype
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.buffer_size = 1 << 16

    def _listen(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = None

    def _start(self, tag: str, attributes: list[str]) -> None:
        if tag != "testcase" or self._open:
            self._other(local(tag), attributes)
            return
        self._open = True
        self._line = self._parser.CurrentLineNumber
        self._attributes = attributes
        # Written out for speed: this is all that nearly every test case costs.
        if len(attributes) == 6 and attributes[::2] == PLAIN:
            name = attributes[3]
            try:
                seconds = float(attributes[5])
            except ValueError:
                seconds = -1.0
            if not 0.0 <= seconds < LONGEST:
                seconds = duration(attributes[5])
            made: RawRow = (attributes[1], name, "passed", seconds, "", NAN)
        else:
            made = row(dict(zip(attributes[::2], attributes[1::2], strict=True)), self._suite)
            name = made[1]
        if name == self._name and self.setting.pytest and self._follows_twin(made):
            self._plant(made)
            return
        self._name = name
        if self._pending:
            self._release()
        self._rows.append(made)

    def _end(self, tag: str) -> None:
        if tag == "testcase":
            self._open = False
            self._skip = None
        elif (tag := local(tag)) == "testsuite":
            self._end_suite(finished=True)
        elif tag == "testcase":
            self._open = False
            self._skip = None

    @property
    def tests(self) -> int:
        """Count the tests so far."""
        return len(self.table) + len(self._rows) + self._results + bool(self._pending)

    @property
    def _suite(self) -> str:
        return self._suites[-1].name if self._suites else ""

    def _other(self, tag: str, attributes: list[str]) -> None:
        """Take any tag but that of a plain test case."""
        if self._open:
            self._child(tag, attributes)
        elif tag == "testcase":
            self._start(tag, attributes)
        elif tag == "kept" and attributes[-1:] and (kept := self.kept.pop(attributes[-1], None)):
            self._take(kept, apart=len(attributes) > 2)
        elif tag == "testsuite":
            self._start_suite(attributes)
        elif tag in OF_SUITE and self._suites:
            self._grow(element(tag, attributes, self._base + self._parser.CurrentLineNumber))
        elif self.root is None:
            self._start_root(tag, attributes)
        else:
            self._name = ""  # what stands between two test cases makes them no neighbours

    def _start_root(self, tag: str, attributes: list[str]) -> None:
        self.root = element(tag, attributes, self._base + self._parser.CurrentLineNumber)
        if known := foreign(tag, self.root.attrib):
            raise RefusedError(f"not JUnit XML: {known} (root <{tag}>)")

    def _start_suite(self, attributes: list[str]) -> None:
        line = self._base + self._parser.CurrentLineNumber
        suite = Suite(element("testsuite", attributes, line), self.tests)
        if self.root is None:
            self.root = suite.tag
        self._suites.append(suite)
        runner = RUNNERS.get(self.root.get("name", "")) or RUNNERS.get(suite.name)
        self.setting = Setting(self.setting.path, suite.name, runner == "pytest")

    def _end_suite(self, *, finished: bool) -> None:
        if not self._suites:
            return
        self._release()
        suite = self._suites.pop()
        self.out.extend(suite.failed(self.setting, self.tests))
        if not self._suites:
            self.out.append(session(self.setting.path, self.root, suite, finished=finished))
        else:
            self._suites[0].learn(suite.properties)
            self.setting = self.setting._replace(suite=self._suite)

    def _child(self, tag: str, attributes: list[str]) -> None:
        """Take a child of a test case that was a row so far, and stays one if it is a lone skip."""
        plain = self._rows.pop()
        if tag == "skipped" and plain[2] == "passed":
            self._rows.append((*plain[:2], "skipped", *plain[3:]))
            self._skip = attributes
            return
        tree = self._plant(plain)
        if self._skip is not None:
            tree.start("skipped", self._skip)
            tree.end()
        tree.start(tag, attributes)

    def _take(self, kept: Kept, *, apart: bool) -> None:
        """Take a test case that did not go through the parser, of which a mark stands here."""
        self._line = self._parser.CurrentLineNumber
        plain: RawRow = (kept.classname, kept.name, "passed", kept.seconds, "", NAN)
        twin = kept.name == self._name and self.setting.pytest and not apart
        if not (twin and self._follows_twin(plain)):
            self._name = kept.name
            self._release()
        self._keep(made_of(kept, plain, self._base + self._line, self.setting))

    def _plant(self, plain: RawRow) -> Tree:
        """Build the open test case, for it has something to say."""
        self._plain = plain
        return self._grow(element("testcase", self._attributes, self._base + self._line))

    def _grow(self, root: Element) -> Tree:
        tree = self._tree = Tree(self._parser, self._base, root)
        self._parser.StartElementHandler = tree.start
        self._parser.EndElementHandler = self._tree_end
        self._parser.CharacterDataHandler = tree.data
        return tree

    def _tree_end(self, _: str) -> None:
        tree = self._tree
        if tree is not None and tree.end():
            self._harvest(tree.root)

    def _harvest(self, root: Element) -> None:
        self._tree = self._skip = None
        self._parser.buffer_text = True
        self._listen()
        if self._open:
            self._open = False
            self._keep(interpret(root, self._plain, self.setting))
        else:
            self.out.extend(self._suites[-1].take(root, self.setting))

    def _keep(self, result: TestResult) -> None:
        if self._twin and self._pending:
            result = joined(self._pending, result)
            self._pending = None
        self._twin = False
        self._release()
        plain = row_of(result)
        if plain:
            self._rows.append(plain)
        else:
            self._pending = result

    def _follows_twin(self, now: RawRow) -> bool:
        """Tell whether pytest wrote this test just before; what it wrote then becomes pending."""
        before = self._pending
        if before is not None:
            tries = len(before.attempts) + len(before.failures) + len(before.output)
            self._twin = before.classname == now[0] and tries < MOST_TRIES
        elif self._rows and self._rows[-1][:2] == now[:2]:
            made = element("testcase", [], self._base + self._line)
            self._pending = interpret(made, self._rows.pop(), self.setting)
            self._twin = True
        return self._twin

    def _release(self) -> None:
        if self._pending:
            self.out.append(self._pending)
            self._pending = None
            self._results += 1

    def drain(self) -> list[TestResult | Event | Session]:
        """Take what is ready; the last row may still be taken back."""
        if len(self._rows) > BATCH:
            last = self._rows.pop()
            self._flush()
            self._rows = [last]
        taken, self.out = self.out, []
        return taken

    def close(self) -> str:
        """End what is open where the document breaks off; name the test that is lost by it."""
        lost = ""
        if self._tree is not None:
            self._tree.close()
            if self._open and not _has_ended(self._tree.root):
                lost = self._tree.root.get("name", "")
            else:
                self._harvest(self._tree.root)
        elif self._open and self._skip is None:
            lost = self._rows.pop()[1]
        while self._suites:
            self._end_suite(finished=False)
        self._release()
        self._flush()
        return lost

    def _flush(self) -> None:
        """Move rows to the table; what pytest, interrupted, did not get to name is no test."""
        self.table.extend(row for row in self._rows if row[1] or row[0] != "pytest")
        self._rows = []


def _has_ended(case: Element) -> bool:
    return any(child.tag in FINAL for child in case)


def _doctype(_name: str, _system: str | None, _public: str | None, subset: int) -> None:
    if subset:
        raise RefusedError("a DOCTYPE that declares entities is not read")
