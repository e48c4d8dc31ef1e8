"""Which incident leads: the headline is about it."""

from pathlib import Path

import diagnose

CASE = """<testcase classname="tests.test_{name}" name="test_it"><failure message="{raised}">
E   {raised}</failure></testcase>"""
VAGUE = "RuntimeError: that was not to be"
FULL = "OSError: [Errno 28] No space left on device"


def leading(folder: Path, *raised: str) -> list[str]:
    cases = [CASE.format(name=f"{n}", raised=text) for n, text in enumerate(raised)]
    path = folder / "report.xml"
    path.write_text(f"<testsuite>{''.join(cases)}</testsuite>", "utf-8")
    return [incident.cause for incident in diagnose.examine([path]).incidents]


def test_of_two_incidents_as_large_the_surer_leads(tmp_path: Path) -> None:
    assert leading(tmp_path, VAGUE, FULL)[0] == "disk_space"
    assert leading(tmp_path, FULL, VAGUE)[0] == "disk_space"


def test_the_larger_incident_leads_however_sure_the_other_is(tmp_path: Path) -> None:
    assert leading(tmp_path, FULL, VAGUE, VAGUE)[-1] == "disk_space"
