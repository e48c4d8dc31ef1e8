"""What the scenarios say of themselves, and that together they cover the vocabulary."""

from collections import Counter
from pathlib import Path

import pytest

from diagnose.causes import catalogue
from lab.scenario import Fault, Scenario, ScenarioError, load, names, split_of, workers_of

NOT_IN_THE_LAB: set[str] = set()
every_scenario = pytest.mark.parametrize("name", names())


def faults() -> list[Fault]:
    return [fault for name in names() for fault in load(name).faults]


@every_scenario
def test_a_scenario_has_the_words_of_the_vocabulary(name: str) -> None:
    causes = set(catalogue())
    for fault in load(name).faults:
        assert {fault.cause, *fault.also} <= causes
        verdicts = {page.verdict for page in catalogue().values()}
        assert {fault.verdict, *fault.also_verdicts} <= verdicts


@every_scenario
def test_a_scenario_has_a_suite_and_runs(name: str) -> None:
    scenario = load(name)
    assert scenario.runs
    assert list((scenario.folder / "tests").glob("test_*.py"))
    assert (scenario.folder / str(scenario.spec["product"])).is_dir()
    assert set(scenario.spec.get("cuts", {})) <= set(scenario.runs)


@every_scenario
def test_a_fault_that_may_be_missed_is_bound_to_tests_or_to_what_they_met(name: str) -> None:
    scenario = load(name)
    alone = len(scenario.faults) == 1 and "control" in scenario.spec
    for fault in scenario.faults:
        met = fault.raised or fault.facts or fault.said or fault.state
        assert alone or met or fault.tests != ("*",), fault.name


def test_there_are_at_least_forty_scenarios_in_two_halves() -> None:
    halves = Counter(split_of(name) for name in names())
    assert halves.total() >= 40
    assert min(halves.values()) >= halves.total() // 4


def test_every_cause_has_a_scenario() -> None:
    assert set(catalogue()) - {fault.cause for fault in faults()} - told_by_main() == NOT_IN_THE_LAB


def told_by_main() -> set[str]:
    """Return the causes of scenarios in which no test fails."""
    quiet = [load(name) for name in names() if not load(name).faults]
    return {cause for scenario in quiet for cause in scenario.spec.get("main", ())}


def test_every_verdict_has_several_scenarios_but_the_one_that_refuses() -> None:
    found = Counter(fault.verdict for fault in faults())
    assert found.pop("inconclusive") >= 1
    assert min(found.values()) >= 5


def test_some_suites_are_green_and_some_have_several_causes() -> None:
    kinds = Counter(min(len({f.verdict for f in load(name).faults}), 2) for name in names())
    assert kinds[0] >= 2
    assert kinds[2] >= 2


def test_the_half_is_told_by_the_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lab.scenario.SCENARIOS", tmp_path)
    other = {"train": "test", "test": "train"}[split_of("bakery")]
    (tmp_path / "bakery").mkdir()
    file = tmp_path / "bakery" / "scenario.toml"
    file.write_text(f'product = "bakery"\nsplit = "{other}"\n', "utf-8")
    with pytest.raises(ScenarioError, match=split_of("bakery")):
        load("bakery")


def test_an_unknown_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lab.scenario.SCENARIOS", tmp_path)
    (tmp_path / "bakery").mkdir()
    (tmp_path / "bakery" / "scenario.toml").write_text("prodcut = 1\n", "utf-8")
    with pytest.raises(ScenarioError, match="prodcut"):
        load("bakery")


@pytest.mark.parametrize(
    ("words", "workers"), [("-q", 0), ("-n 8 -v", 8), ("-v -n=2", 2), ("-k n -n4", 4)]
)
def test_workers_are_read_from_the_words(words: str, workers: int) -> None:
    assert workers_of(words) == workers


def test_a_control_changes_what_it_says_and_runs_once() -> None:
    runs = {"serial": "-q", "n8": "-n 8"}
    services = {"app": {"port": 1, "env": {"THREADS": "1"}}}
    change = {"services": {"app": {"env": {"THREADS": "9"}}}}
    spec = {"runs": runs, "services": services, "cuts": {"n8": {}}, "control": change}
    control = Scenario("bakery", spec).without_the_fault()
    assert control is not None
    assert control.runs == {"n8": "-n 8"}
    assert control.spec["services"] == {"app": {"port": 1, "env": {"THREADS": "9"}}}
    assert control.spec["cuts"] == {}
    assert services["app"]["env"] == {"THREADS": "1"}
