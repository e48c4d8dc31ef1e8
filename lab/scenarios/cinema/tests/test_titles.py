import pytest

from cinema.titles import closing, roman


@pytest.mark.parametrize("number,said", [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (30, "XXX")])
def test_sequels(number, said):
    assert roman(number) == said


@pytest.mark.parametrize("names", [["Lang", "Lamarr"], ["Wilder", "Welles", "Tati"]])
def test_credits_are_sorted(names):
    assert closing(names) == sorted(names)


@pytest.mark.parametrize("count", range(1, 20))
def test_everybody_is_named(count):
    assert len(closing([f"n{number}" for number in range(count)])) == count
