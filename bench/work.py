"""What the fresh processes do: `python -m bench.work NAME FILE [ARGUMENT]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sized
from importlib import import_module
from pathlib import Path
from typing import BinaryIO


def expat(path: str) -> None:
    """Parse without callbacks: what XML costs before anybody looks at it."""
    from pyexpat import ParserCreate

    parser = ParserCreate()
    with Path(path).open("rb") as stream:
        parser.ParseFile(stream)


def expat_table(path: str) -> None:
    """Keep name, class and time of each test: the least that a reader does."""
    from pyexpat import ParserCreate

    rows: list[tuple[str, ...]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "testcase":
            rows.append(tuple(attributes.values()))

    parser = ParserCreate()
    parser.StartElementHandler = start
    with Path(path).open("rb") as stream:
        parser.ParseFile(stream)
    print(len(rows))


def lxml_table(path: str) -> None:
    """Do the same with lxml's incremental parser, as its manual advises."""
    from lxml import etree  # type: ignore[import-untyped] # a peer, and not installed with us

    rows = []
    for _, case in etree.iterparse(path, tag="testcase", huge_tree=True):
        rows.append((case.get("classname"), case.get("name"), case.get("time")))
        case.clear()
        while case.getprevious() is not None:
            del case.getparent()[0]
    print(len(rows))


def junitparser(path: str) -> None:
    """Load a report, and look at nothing."""
    from junitparser import JUnitXml

    JUnitXml.fromfile(path)


def published(path: str, checkout: str) -> None:
    """Do what the publish-unit-test-result-action does with a report before it asks GitHub."""
    sys.path.insert(0, str(Path(checkout, "python")))
    publish = import_module("publish")
    junit, results = import_module("publish.junit"), import_module("publish.unittestresults")
    files = junit.parse_junit_xml_files([path], True, False)  # all cases of a file of any size
    parsed = junit.process_junit_xml_elems(files).with_commit("0" * 40)
    if parsed.errors:
        sys.exit(f"could not read it: {parsed.errors}")
    found = results.get_test_results(parsed, False)
    notes = publish.get_case_annotations(found.case_results, False)
    print(publish.get_long_summary_with_digest_md(results.get_stats(found)))
    print(len(notes), "annotations")


def read(path: str) -> None:
    """Read a report, and keep nothing."""
    for _ in _records(path):
        pass


def keep(path: str) -> None:
    """Read a report, keep all that is kept of a run, and say how many tests there were."""
    kept = list(_records(path))
    print(_count(kept))


def _count(records: Iterable[object]) -> int:
    return sum(len(record) if isinstance(record, Sized) else 1 for record in records)


def _records(path: str, reader: str = "junit"):  # type: ignore[no-untyped-def] # the reader's own types are its affair
    from diagnose.readers import READERS
    from diagnose.readers._file import File

    def opened() -> BinaryIO:
        return Path(path).open("rb")

    return READERS[reader].read(File(path, opened, Path(path).stat().st_size))


def kernel(path: str) -> None:
    """Read a kernel log, with all that its reports say, and count the kills."""
    from diagnose.oom import KernelKill

    print(sum(isinstance(record, KernelKill) for record in _records(path, "kernel")))


def console(path: str) -> None:
    """Read a console log, and count what it says of tests."""
    print(_count(_records(path, "pytest_log")))


def scan(path: str, jobs: str) -> None:
    """Find the patterns in a log, with groups and line numbers, and count the lines."""
    from bench.patterns import PATTERNS
    from diagnose.scan import Pattern, Scanner

    scanner = Scanner(Pattern(str(number), regex) for number, regex in enumerate(PATTERNS))
    print(len({hit.number for hit in scanner.scan_file(path, int(jobs))}))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
