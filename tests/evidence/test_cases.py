"""Each kind of evidence, from files to the ledger: `tests/evidence/<kind>/<case>/input-*`.

`input-n8@8.xml` and `input-n8@8.log` are a run of 8 workers; `input-kernel.log` covers all runs.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import diagnose
from diagnose import api
from diagnose.diagnosis import Diagnosis, Item
from tests.conftest import Golden, cases

LIGHT = 0.5  # decibans


def examined(case: Path) -> Diagnosis:
    runs: dict[str, list[str]] = defaultdict(list)
    kernel = []
    for path in sorted(case.glob("input-*")):
        label, _, workers = path.stem.removeprefix("input-").partition("@")
        if workers:
            runs[f"{label}@{workers}"].append(str(path))
        else:
            kernel.append(str(path))
    names = [label.split("@") for label in runs]
    specs = [
        f"{label}={','.join(runs[f'{label}@{workers}'])}@{workers}" for label, workers in names
    ]
    return diagnose.examine(specs, kernel=kernel)


def speaks(item: Item) -> str:
    if abs(item.decibans) < LIGHT:
        return "either way"
    return "for it" if item.decibans > 0 else "against it"


def told(kind: str, found: Diagnosis, case: Path) -> Iterator[str]:
    """Write down what is said of each incident, and which tests are no mere victims."""
    for incident in found.incidents:
        yield f"{incident.verdict}, {incident.cause}: {len(incident.tests)} failed"
        for item in incident.ledger:
            if item.kind.startswith(kind):
                speaks = (
                    "for" if item.decibans > 0.5 else "against" if item.decibans < -0.5 else "of"
                )
                yield f"  {item.kind} {speaks} it: {item.text}"
                if item.quote and item.source:
                    place = f"{Path(item.source.path).relative_to(case)}:{item.source.line}"
                    yield f"    {place}: {item.quote}"
        for test in incident.tests:
            if test.role != "victim":
                yield f"  {test.role}: {test.id}"


@pytest.mark.parametrize(("kind", "case"), cases("evidence"))
def test_the_ledger_says_what_the_files_show(kind: str, case: Path, golden: Golden) -> None:
    golden(case / "expected.txt", "\n".join(told(kind, examined(case), case)) + "\n")


@pytest.mark.parametrize(("kind", "case"), cases("evidence"))
def test_a_case_shows_its_kind_unless_its_name_says_not(kind: str, case: Path) -> None:
    text = (case / "expected.txt").read_text("utf-8")
    assert (f"  {kind}" in text) is not case.name.startswith("not_")


@pytest.mark.parametrize(("kind", "case"), cases("evidence"))
def test_each_quote_stands_in_the_files(kind: str, case: Path, tmp_path: Path) -> None:
    report = tmp_path / f"{kind}.json"
    found = examined(case)
    report.write_text(diagnose.render(found, "json"), "utf-8")
    quoted = sum(bool(item.quote) for incident in found.incidents for item in incident.ledger)
    number, wrong = api.verify(report)
    assert number >= quoted
    assert wrong == []
