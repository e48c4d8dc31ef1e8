import pytest

PEOPLE = ["ada", "grace", "edsger", "barbara"]


@pytest.mark.parametrize("person", PEOPLE)
def test_who_enters_is_counted(room, person):
    assert room.enter(person) == 1


@pytest.mark.parametrize("person", PEOPLE)
def test_who_enters_twice_is_counted_once(room, person):
    room.enter(person)
    assert room.enter(person) == 1


@pytest.mark.parametrize("person", PEOPLE)
def test_two_people_are_two(room, person):
    room.enter("visitor")
    assert room.enter(person) == 2


@pytest.mark.parametrize("person", PEOPLE)
def test_an_emptied_room_begins_at_one(room, person):
    room.enter("visitor")
    room.leave()
    assert room.enter(person) == 1


@pytest.mark.parametrize("person", PEOPLE)
def test_names_are_lower_case(person):
    assert person.islower()
