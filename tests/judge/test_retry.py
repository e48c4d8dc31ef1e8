"""What deserves a retry, and that a name can't smuggle anything into pytest's arguments."""

from dataclasses import replace

import pytest

from diagnose.diagnosis import Incident, TestCase, Verdict
from diagnose.judge.retry import retry


def incident(test: str, verdict: Verdict = "environment", wording: str = "likely") -> Incident:
    case = TestCase(test, "tests.test_a", "test_x", "tests/test_a.py")
    return Incident("network_dns-1", "1 test failed", (case,), verdict, wording=wording)


@pytest.mark.parametrize("verdict", ["resource_exhaustion", "environment"])
@pytest.mark.parametrize("wording", ["verdict", "likely"])
def test_what_the_machine_or_the_load_did_is_tried_again(verdict: Verdict, wording: str) -> None:
    name = "tests/test_a.py::TestX::test_y[é - 1::2]"
    assert retry([incident(name, verdict, wording)]) == ((name,), ())


@pytest.mark.parametrize(
    "verdict", ["service_fault", "test_isolation", "test_defect", "inconclusive"]
)
def test_nothing_else_ever_is(verdict: Verdict) -> None:
    ids, refused = retry([incident("tests/test_a.py::test_x", verdict, "verdict")])
    assert ids == ()
    assert len(refused) == 1


def test_a_verdict_that_is_not_sure_is_no_reason() -> None:
    ids, (why,) = retry([incident("tests/test_a.py::test_x", wording="undetermined")])
    assert ids == ()
    assert "not sure enough" in why


@pytest.mark.parametrize(
    ("wording", "why"),
    [
        ("undetermined", "perhaps the tests disturb each other, and would again"),
        ("likely", "the tests disturb each other, and would again"),
    ],
)
def test_why_not_is_told_no_surer_than_the_verdict(wording: str, why: str) -> None:
    _, (refused,) = retry([incident("tests/test_a.py::test_x", "test_isolation", wording)])
    assert refused == f"network_dns-1: 1 test: {why}"


@pytest.mark.parametrize(
    "name",
    [
        "tests/test_a.py::test_x[a\nb]",
        "tests/test_a.py::test_x[a\u2028--collect-only]",
        "tests/test_a.py::test_x[\x85]",
        "tests/test_a.py::test_x[\x1b]",
        "--rootdir=x.py",
        "-p evil.py",
        "@more.py",
        " @more.py",
        "/etc/evil.py::test_x",
        "../evil.py::test_x",
        "tests/../../evil.py",
        "C:\\evil.py::test_x",
        "tests.test_other::test_x",
        "tests/test_a.py::test_x[[redacted:jwt]]",
        "",
    ],
)
def test_a_hostile_name_is_refused(name: str) -> None:
    assert retry([incident(name)]).ids == ()
    assert len(retry([incident(name)]).refused) == 1


def test_no_name_is_printed_twice() -> None:
    one = incident("tests/test_a.py::test_x")
    assert retry([one, replace(one, id="network_dns-2")]).ids == ("tests/test_a.py::test_x",)
