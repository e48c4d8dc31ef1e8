import pytest

from badges.print import SETTINGS, line


@pytest.mark.parametrize("name", ["ada", "grace", "linus"])
def test_a_badge_shows_who_invited(organiser, name):
    assert organiser not in line(name, "guest")


@pytest.mark.parametrize("role", ["speaker", "guest"])
def test_colour_of_a_role(organiser, role):
    assert SETTINGS["colours"][role]


def test_printing_takes_a_page(label_printer):
    assert label_printer.pages == 1


@pytest.mark.parametrize("name", ["ada", "grace", "linus", "tim"])
@pytest.mark.parametrize("role", ["speaker", "guest"])
def test_names_are_in_title_case(name, role):
    assert line(name, role).startswith(name.title())
