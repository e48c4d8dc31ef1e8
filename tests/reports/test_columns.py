"""Sentences in 80 columns."""

from diagnose.reports._columns import wrap


def test_a_sentence_that_is_too_long_ends_behind_a_whole_word() -> None:
    assert wrap("the workers wait for connections", most=20) == ["the workers wait …"]


def test_an_endless_word_is_cut_where_there_is_no_room() -> None:
    assert wrap("x" * 50, most=20) == ["x" * 19 + " …"]
