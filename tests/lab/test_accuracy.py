"""How right the tool is on the texts; `--golden` raises the floor, and never lowers it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from diagnose.judge.signature import tables
from lab.baselines import grep, grepped
from lab.corpus import Said, distracted, judged, texts
from lab.intervals import Forecast, calibration, share
from lab.refit import TABLES, fitted, written

FLOOR = Path(__file__).parent / "texts.toml"


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return list(judged(texts()))


def figures(said: list[Said]) -> dict[str, float]:
    reached = {}
    for half in ("train", "test"):
        known = [each for each in said if each.text.split == half and each.text.identifiable]
        hard = [each for each in known if each.text.hard]
        reached[f"{half}_verdict"] = sum(each.right for each in known) / len(known)
        reached[f"{half}_cause"] = sum(each.named for each in known) / len(known)
        reached[f"{half}_hard"] = sum(each.right for each in hard) / len(hard)
    return {name: round(value, 3) for name, value in reached.items()}


def test_no_figure_of_the_texts_falls(said: list[Said], request: pytest.FixtureRequest) -> None:
    floor: dict[str, float] = tomllib.loads(FLOOR.read_text("utf-8")) if FLOOR.exists() else {}
    reached = figures(said)
    if request.config.getoption("--golden"):
        floor = {name: max(value, floor.get(name, 0)) for name, value in reached.items()}
        lines = "".join(f"{name} = {value}\n" for name, value in floor.items())
        FLOOR.write_text(lines, "utf-8", newline="\n")
    assert floor
    assert {name: reached[name] for name in floor if reached[name] < floor[name]} == {}


def test_no_fault_of_a_service_is_excused(said: list[Said]) -> None:
    assert {each.text.id for each in said if each.excused} == set()


def test_alarming_words_in_the_output_of_an_assertion_turn_nothing() -> None:
    assert [each.text.id for each in distracted(texts(name="negatives"))] == []


def test_the_tool_is_better_than_a_grep(said: list[Said]) -> None:
    test = [each for each in said if each.text.split == "test" and each.text.identifiable]
    ours = sum(each.right for each in test)
    theirs = sum(grepped(each.text).right for each in test)
    assert ours > 1.3 * theirs


def test_a_grep_goes_by_words_alone() -> None:
    assert grep("assert no OOM: exit code 137") == ("resource_exhaustion", "oom_kill")
    assert grep("all is lost") == ("service_fault", "app_exception")


def test_an_interval_is_wider_where_answers_hang_together() -> None:
    right = [True] * 20 + [False] * 20
    apart = share(right, [str(number) for number in range(40)])
    together = share(right, ["a"] * 20 + ["b"] * 20)
    assert apart.value == together.value == 0.5
    assert together.high - together.low > apart.high - apart.low


def test_a_forecaster_who_is_always_right_and_sure_is_calibrated() -> None:
    right = Forecast({"a": 1.0}, "a", "a", 1.0)
    wrong = Forecast({"a": 1.0}, "b", "a", 1.0)
    assert calibration([right] * 10)[:3] == (0.0, 0.0, 0.0)
    assert calibration([wrong] * 10).error == 1.0


def test_refitting_moves_a_weight_to_where_the_cost_is_lower_and_not_far() -> None:
    start = {**tables()}
    best = fitted(start, lambda weights: abs(weights["unknown"] - 1000), rounds=1)
    assert best["unknown"] > start["unknown"]
    assert best["strength"] == start["strength"]
    text = written(TABLES.read_text("utf-8"), start, best)
    assert tomllib.loads(text)["signature"]["unknown"] == best["unknown"]
