"""What kernels say in the HTML report: victim and culprit, who held the memory, what fits."""

from dataclasses import replace

import pytest

import diagnose
from diagnose.diagnosis import Diagnosis, Kernel
from diagnose.model import Event, Source
from diagnose.oom import Culprit, KernelIncident, KernelKill, Moment, ProcessGroup, SafeWorkers
from diagnose.reports._page import page
from tests.reports.hostile import parse


@pytest.fixture
def killed() -> Kernel:
    source = Source("dmesg.txt", 7)
    groups = (ProcessGroup("python3", 48, 336 * 1024), ProcessGroup("postgres", 1, 84 * 1024))
    incident = KernelIncident(
        1, source, "/ci reached its limit", "memcg", limit_kb=400 * 1024, groups=groups,
        culprit=Culprit("python3", 48, 336 * 1024, "task table"), victim_is_culprit=False,
        when=Moment(10.0), safe_workers=SafeWorkers(3, "so many fit", 0.04),
    )  # fmt: skip
    kill = KernelKill(
        7, "postgres", source, "Killed process 7", when=Moment(10.0), incident=1,
        anon_rss_kb=93 * 1024, worker="gw1", test="tests/test_a.py::test_b", run="n8",
    )  # fmt: skip
    later = replace(kill, pid=8, when=Moment(12.5), worker="", test="", run="", anon_rss_kb=None)
    oomd = replace(kill, pid=9, incident=0, scope="userspace", in_place_of="gw0")
    other = Event("kernel.fork_rejected", "fork rejected by pids controller", source, None, 13.0)
    return Kernel((kill, later, oomd), (incident,), (other,))


def test_a_kernel_is_told_with_victim_culprit_bars_and_workers(killed: Kernel) -> None:
    said = page(Diagnosis(kernel=killed))["kernel"]
    (told,) = said["incidents"]
    assert told["guilt"] == "An innocent victim: postgres died of what python3 had taken"
    assert told["workers"] == {"n": 3, "risk": "4%", "basis": "so many fit"}
    assert [(row["name"], row["width"], row["culprit"]) for row in told["groups"]] == [
        ("python3", "100.0", True),
        ("postgres", "25.0", False),
    ]
    assert [(row["pid"], row["after"], row["held"], row["home"]) for row in told["kills"]] == [
        (7, "", "93 MiB", "gw1 of n8"),
        (8, "+2.5 s", "", ""),
    ]
    assert [row["home"] for row in said["kills"]] == ["gw1, in place of gw0 of n8"]
    assert (said["other"][0]["kind"], said["other"][0]["when"]) == (
        "fork rejected",
        "13.000 s after boot",
    )


def test_a_kernel_alone_makes_a_page_without_empty_sections(killed: Kernel) -> None:
    text = diagnose.render(Diagnosis(kernel=killed), "html")
    found = parse(text)
    assert "kernel" in found.ids
    assert not {"incidents", "runs", "tests", "charts", "advice"} & set(found.ids)
    assert "At most 3 workers fit, with about 4% risk of another kill." in text
    assert "worker and test" not in text
