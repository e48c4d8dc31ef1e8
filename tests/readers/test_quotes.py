"""A quote is found wherever the form of its file puts it, and nowhere else."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

import diagnose
from diagnose import api
from diagnose.readers._file import File
from diagnose.readers._quotes import absent

REFUSED = "ConnectionRefusedError: [Errno 111] Connection refused"
CRASH = "worker 'gw1' crashed while running 'tests/test_b.py::test_x'"
PASSED = '<testcase classname="tests.test_a" name="test_passes" time="0.01" />'
BEGIN = '<testsuites><testsuite name="pytest">'
CASE = '<testcase classname="tests.test_b" name="test_x" time="0.1">'
END = "</testcase></testsuite></testsuites>"
TEXT = f"tests/test_b.py:3: in test_x\n    ask()\nE   {REFUSED}"
CALL = {
    "nodeid": "tests/test_b.py::test_x",
    "location": ["tests/test_b.py", 2, "test_x"],
    "outcome": "failed",
    "longrepr": TEXT,
    "when": "call",
    "$report_type": "TestReport",
}
CTRF = {
    "name": "test_x",
    "status": "failed",
    "duration": 9,
    "message": 'Error: expected "café" \U0001f375',
    "trace": "Error\n    at test.js:3:1",
}

FORMS = {
    "one line of a whole report": (
        f"{BEGIN}{PASSED * 3000}{CASE}<failure message='w'>{CRASH}</failure>{END}"
    ),
    "a message whose line ends are escaped": (
        f'{BEGIN}\n{CASE}\n<failure message="Traceback&#10;  File &quot;a.py&quot;, line 3, in x'
        f'&#10;{REFUSED}"/>\n{END}'
    ),
    "a message that goes on over lines": (
        f'{BEGIN}\n{CASE}\n<failure message="{REFUSED}\r\n  to 127.0.0.1\n\nthree times" />\n{END}'
    ),
    "a message that begins below its tag": (
        f'{BEGIN}\n{CASE}\n<failure\n  message="&#xA;  {REFUSED}&#xA;"\n  type="x">\n'
        f"</failure>{END}"
    ),
    "a text with white space before it": (
        f"{BEGIN}\n{CASE}\n<failure>\n   <![CDATA[{REFUSED}\n  at a < b]]>\n</failure>{END}"
    ),
    "two sides on two lines": (
        f"{BEGIN}\n{CASE}\n<failure>a.cc:3\nValue of: ready\n  Actual: false\nExpected: true"
        f"</failure>{END}"
    ),
    "lines of JSON": "\n".join(
        json.dumps(line)
        for line in (
            {"pytest_version": "8.4.0", "$report_type": "SessionStart"},
            CALL,
            {"exitstatus": 1, "$report_type": "SessionFinish"},
        )
    ),
    "a document of JSON": json.dumps({"results": {"tool": {"name": "jest"}, "tests": [CTRF]}}),
    "a document of JSON for people": json.dumps(
        {"results": {"tool": {"name": "jest"}, "summary": {"tests": 1}, "tests": [CTRF]}}, indent=2
    ),
}


def saved(tmp_path: Path, text: str) -> Path:
    """Return the report of an input."""
    (tmp_path / "input").write_bytes(text.encode())
    report = tmp_path / "report.json"
    report.write_text(diagnose.render(diagnose.examine([tmp_path / "input"]), "json"), "utf-8")
    return report


@pytest.mark.parametrize("form", FORMS)
def test_every_quote_of_a_report_stands_where_it_says(form: str, tmp_path: Path) -> None:
    checked, wrong = api.verify(saved(tmp_path, FORMS[form]))
    assert checked
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_a_forged_quote_is_found_in_every_form(form: str, tmp_path: Path) -> None:
    report = saved(tmp_path, FORMS[form])
    data = json.loads(report.read_text("utf-8"))
    quoted = [item for each in data["incidents"] for item in each["ledger"] if item["quote"]]
    for item in quoted:
        item["quote"] = f"{item['quote'][:12]}, they say"
    report.write_text(json.dumps(data), "utf-8")
    assert len(api.verify(report)[1]) == len(quoted)


def test_a_quote_of_another_line_is_not_there() -> None:
    file = File.of(b'<a b="c">first\nsecond</a>\nthird\n')
    asked = [(1, "first"), (1, "second"), (2, "second"), (2, "third"), (0, "third"), (9, "first")]
    assert list(absent(file, asked)) == [(1, "second"), (2, "third"), (9, "first")]
    log = File.of(b"expected <failure\nsecond\n>\nthird\n")
    assert list(absent(log, [(1, "third"), (2, "third")])) == [(1, "third"), (2, "third")]


def test_attributes_without_an_end_take_linear_time() -> None:
    def seconds(lines: int) -> float:
        file = File.of(b'<a b="' + b"word\n" * lines)
        begun = time.process_time()
        assert list(absent(file, [(1, "gone"), (2, "gone")])) == [(1, "gone"), (2, "gone")]
        return time.process_time() - begun

    assert seconds(400_000) < 12 * seconds(100_000) + 0.2
