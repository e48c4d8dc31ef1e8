import pytest

from timetables.solver import solve


@pytest.mark.parametrize("lessons", [20, 25, 30, 35])
@pytest.mark.parametrize("school", ["north", "south", "harbour", "hill"])
def test_every_lesson_has_a_room(school, lessons):
    assert solve(lessons) == lessons


@pytest.mark.parametrize("day", ["mo", "tu", "we", "th", "fr"])
def test_days_have_two_letters(day):
    assert len(day) == 2
