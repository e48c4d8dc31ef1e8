import time

import pytest

from wizard import steps

PEOPLE = ["ann@example.org", "bo@example.org", "cem@example.org", "di@example.org"]


@pytest.fixture(autouse=True)
def thinking():
    time.sleep(0.1)


@pytest.mark.parametrize("mail", PEOPLE)
def test_begin(mail):
    steps.begin(mail)
    assert steps.answers[mail]["mail"] == mail


@pytest.mark.parametrize("mail", PEOPLE)
def test_choose_a_plan(mail):
    assert steps.choose(mail, "family")["plan"] == "family"


@pytest.mark.parametrize("mail", PEOPLE)
def test_confirm(mail):
    assert steps.confirm(mail) == f"{mail} on family"
