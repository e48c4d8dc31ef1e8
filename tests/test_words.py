"""What becomes of words on their way to a reader, or to a shell."""

import subprocess

import pytest

from diagnose.words import for_shell


@pytest.mark.parametrize(
    "word",
    [
        "tests/test_a.py::test_it",
        "test_it[a b]",
        "test_it[it's]",
        """test_it[{'authorization': "Basic $HOME `id`"}]""",
        r"test_it['\n' \\ \"]",
        "test_it[it's! so!]",
        "test_it['é' *]",
        "",
    ],
)
def test_a_shell_gets_the_word_as_it_is(word: str) -> None:
    told = subprocess.run(
        ["sh", "-c", f"printf %s {for_shell(word)}"], capture_output=True, check=True
    )
    assert told.stdout.decode() == word


def test_a_quoted_word_still_reads_as_it_did() -> None:
    assert "'passwd': 'hunter2'" in for_shell("test_it[{'passwd': 'hunter2'}]")
