from tests.support.menus import MENUS


def test_there_is_a_menu():
    assert MENUS
