"""The words that `diagnose` knows are those of the train half, and of nothing else."""

from diagnose.judge.vocabulary import FILE, vocabulary
from lab.vocabulary import learned
from tests.conftest import Golden


def test_the_vocabulary_is_what_the_train_half_teaches(golden: Golden) -> None:
    golden(FILE, learned().text())


def test_what_is_written_is_what_is_read() -> None:
    assert vocabulary().text() == FILE.read_text("utf-8")
