import csv
from itertools import product
from math import exp, fsum
from pathlib import Path
from random import Random

import pytest

from diagnose.judge.marginals import Cell, Kind, Logs, likelihoods
from diagnose.judge.patterns import (
    Trial,
    evidence,
    is_blocked,
    linked,
    pattern,
    posterior,
)
from tests.pace import within

HERE = Path(__file__).parent
DOSES = {"1": 1.0, "2": 1.9, "4": 3.4, "8": 5.6}
KINDS: dict[str, Kind] = {"P": "parallel", "S": "serial", "R": "random_order", "L": "stress"}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open() as file:
        return list(csv.DictReader(file))


def arms(text: str) -> list[Trial]:
    """Read `1:.. 8:xx`: two serial runs that pass, two runs with -n 8 that fail."""
    return [
        Trial(DOSES[workers], mark == "x", "serial" if workers == "1" else "parallel")
        for workers, marks in (arm.split(":") for arm in text.split())
        for mark in marks
    ]


def sequence(text: str) -> list[Trial]:
    """Read `P S. L`: a parallel run fails, a serial one passes, one under load fails."""
    return [
        Trial(DOSES["8"] if word[0] == "P" else 1.0, not word.endswith("."), KINDS[word[0]])
        for word in text.split()
    ]


def near(said: str, tolerance: float = 0.006) -> object:
    return pytest.approx(float(said), abs=tolerance)


@pytest.mark.parametrize("row", rows("power.csv"), ids=lambda row: row["name"])
def test_the_published_power_table_holds(row: dict[str, str]) -> None:
    shares = posterior(evidence(pattern(arms(row["runs"])), "scheduled"))
    shares["linked"] = linked(shares)
    shares["flaky"] = shares["intermittent"] + shares["one_off"]
    for name in ("linked", "load", "isolation", "flaky", "persistent"):
        if row[name]:
            assert shares[name] == near(row[name]), name
    odds = shares["linked"] / (1 - shares["linked"]) * 0.48 / 0.52
    assert odds == pytest.approx(float(row["odds"]), rel=0.04, abs=0.006)


@pytest.mark.parametrize("rule", ["scheduled", "index"])
@pytest.mark.parametrize("row", rows("selection.csv"), ids=lambda row: row["name"])
def test_why_a_run_was_made_changes_what_it_says(row: dict[str, str], rule: str) -> None:
    chosen = evidence(
        pattern(sequence(row["runs"]), 0), "index" if rule == "index" else "scheduled"
    )
    shares = posterior(chosen)
    suffix = "_index" if rule == "index" else ""
    if row["linked" + suffix]:
        assert linked(shares) == near(row["linked" + suffix])
    if row["load" + suffix]:
        assert shares["load"] == near(row["load" + suffix])
    if row["ratio" + suffix]:
        ratio = exp(chosen.load - chosen.intermittent)
        assert ratio == pytest.approx(float(row["ratio" + suffix]), rel=0.03)


def test_a_run_in_between_tells_load_from_isolation() -> None:
    passes = [*sequence("P S."), Trial(1.9, False), *sequence("P")]
    fails = [*sequence("P S."), Trial(1.9, True), *sequence("P")]
    assert posterior(evidence(pattern(passes, 0)))["load"] > 0.7
    assert posterior(evidence(pattern(fails, 0)))["load"] < 0.4


def test_a_run_without_the_tests_is_not_a_run_that_passed() -> None:
    absent = posterior(evidence(pattern([Trial(1, None, "serial"), Trial(5.6, True)])))
    passed = posterior(evidence(pattern([Trial(1, False, "serial"), Trial(5.6, True)])))
    assert absent["persistent"] == near(".20", 1e-9)
    assert passed["persistent"] < 0.02


def test_what_has_nothing_to_do_with_doses_does_not_see_the_arms_change_places() -> None:
    one = likelihoods(pattern(arms("1:..x 8:xx.")).cells)
    other = likelihoods(pattern(arms("1:xx. 8:..x")).cells)
    for name in ("persistent", "intermittent", "one_off"):
        assert getattr(one, name) == pytest.approx(getattr(other, name))


def every(cells: list[Cell], walls: tuple[float, ...]) -> list[tuple[tuple[bool, ...], Logs]]:
    """List what may happen in some runs, and how likely it is by each hypothesis."""
    found = []
    for outcome in product((False, True), repeat=len(cells)):
        hit = [
            cell._replace(failed=int(failed), wall=wall)
            for cell, failed, wall in zip(cells, outcome, walls, strict=True)
        ]
        found.append((outcome, likelihoods(tuple(hit))))
    return found


RUNS = [
    Cell("serial", 1.0, 0, 1),
    Cell("parallel", 1.9, 0, 1),
    Cell("parallel", 5.6, 0, 1),
    Cell("random_order", 1.0, 0, 1),
    Cell("stress", 1.0, 0, 1),
]


@pytest.mark.parametrize("walls", [(0, 0, 0, 0, 0), (600, 300, 150, 600, 90)])
@pytest.mark.parametrize("name", Logs._fields)
def test_all_that_may_happen_adds_up_to_one(name: str, walls: tuple[float, ...]) -> None:
    chances = [exp(getattr(logs, name)) for _, logs in every(RUNS, walls)]
    assert fsum(chances) == pytest.approx(1)


@pytest.mark.parametrize("walls", [(0, 0, 0, 0, 0), (600, 300, 150, 600, 90)])
def test_the_index_rule_divides_by_the_chance_that_the_first_run_fails(
    walls: tuple[float, ...],
) -> None:
    runs = [
        Trial(cell.dose, number in (1, 2), cell.kind, wall)
        for number, (cell, wall) in enumerate(zip(RUNS, walls, strict=True))
    ]
    found = pattern(runs, 2)
    said = evidence(found, "index")
    for name in Logs._fields:
        chosen = [exp(getattr(logs, name)) for hit, logs in every(RUNS, walls) if hit[2]]
        known = exp(getattr(likelihoods(found.cells), name))
        assert exp(getattr(said, name)) == pytest.approx(known / fsum(chosen)), name


def test_a_one_off_rather_meets_the_longer_run() -> None:
    even = evidence(pattern([Trial(1, False, "serial"), Trial(5.6, True)]), "scheduled")
    long = [Trial(1, False, "serial", 600), Trial(5.6, True, "parallel", 150)]
    uneven = evidence(pattern(long), "scheduled")
    assert exp(uneven.one_off - even.one_off) == pytest.approx(0.35 / 0.5)
    assert uneven[:4] == even[:4]


@pytest.mark.parametrize("wall", [float("nan"), float("inf"), -1.0, 0.0])
def test_a_length_that_is_none_says_nothing(wall: float) -> None:
    odd = pattern([Trial(1, False, "serial", 600), Trial(5.6, True, "parallel", wall)])
    even = pattern([Trial(1, False, "serial"), Trial(5.6, True)])
    assert evidence(odd).one_off == pytest.approx(evidence(even).one_off)


def test_no_more_than_three_isolated_reruns_count() -> None:
    first = sequence("P S.")
    three = pattern([*first, *[Trial(1, False, "isolated")] * 3])
    thirty = pattern([*first, *[Trial(1, False, "isolated")] * 30])
    assert three == thirty


def test_runs_in_blocks_weigh_less() -> None:
    clean = pattern(arms("1:.. 8:xx"))
    tempered = linked(posterior(evidence(clean, "scheduled", blocked=True)))
    odds = tempered / (1 - tempered) * 0.48 / 0.52
    assert odds == pytest.approx(8, abs=1)


@pytest.mark.parametrize(
    ("order", "blocked"), [("SSPP", True), ("SPSP", False), ("SP", False), ("SPPP", False)]
)
def test_blocks_are_two_runs_of_each_arm_and_one_change(order: str, blocked: bool) -> None:
    assert is_blocked([arm == "P" for arm in order]) is blocked


def test_a_pattern_takes_well_under_a_millisecond_each() -> None:
    found = pattern(arms("1:... 2:... 4:xxx 8:xxx"))
    evidence(found)
    with within(0.5):
        for _ in range(50):
            likelihoods.cache_clear()
            evidence(found)


def test_hundreds_of_runs_stay_numbers() -> None:
    runs = [Trial(1 + number % 7, number % 3 == 0, "parallel", 5 + number) for number in range(900)]
    assert fsum(posterior(evidence(pattern(runs))).values()) == pytest.approx(1)


@pytest.mark.parametrize(("least", "median", "most"), [(0.90, 2, 3), (0.95, 2, 4), (0.99, 3, 6)])
def test_repeats_needed_for_seven_in_ten_are_those_published(
    least: float, median: int, most: int
) -> None:
    needed = sorted(repeats_until(least, Random(seed)) for seed in range(100))
    assert (needed[50], needed[79]) == (median, most)


def repeats_until(least: float, random: Random) -> int:
    runs = [Trial(5.6, True), Trial(1, False, "serial")]
    while linked(posterior(evidence(pattern(runs, 0), "scheduled"))) < least:
        runs += [Trial(5.6, random.random() < 0.7), Trial(1, False, "serial")]
    return len(runs) // 2
