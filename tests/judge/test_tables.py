from math import fsum

import pytest

from diagnose.judge.marginals import Logs
from diagnose.judge.next_run import WHY
from diagnose.judge.tables import tables


def test_priors_and_mixtures_are_shares_of_one() -> None:
    assert fsum(tables().prior.values()) == pytest.approx(1)
    assert fsum(tables().hypotheses.values()) == pytest.approx(1)
    for mix in tables().mix.values():
        assert fsum(mix.values()) == pytest.approx(1)


def test_all_tables_speak_of_the_same_verdicts_and_hypotheses() -> None:
    verdicts = set(tables().verdicts)
    assert set(tables().prior) == set(tables().mix) == verdicts
    for mix in [*tables().mix.values(), tables().hypotheses]:
        assert set(mix) == set(Logs._fields)


@pytest.mark.parametrize("kind", sorted(tables().evidence))
def test_a_row_has_a_chance_for_each_verdict(kind: str) -> None:
    row = tables().evidence[kind]
    assert len(row.given) == len(tables().verdicts)
    assert all(0 < chance < 1 for chance in row.given)


def test_a_failure_says_one_thing_so_the_texts_of_a_verdict_add_up_to_one() -> None:
    texts = [row.given for kind, row in tables().evidence.items() if kind.startswith("text_")]
    for chances in zip(*texts, strict=True):
        assert fsum(chances) == pytest.approx(1)


def test_every_action_has_its_cost_and_its_reason() -> None:
    assert set(tables().next_run.costs) == set(WHY)


def test_the_tables_are_read_once() -> None:
    assert tables() is tables()
