import os

from zoo.signs import sign


def test_english():
    assert sign("closed") == "Closed today"


def test_french():
    os.environ["ZOO_LANGUAGE"] = "fr"
    assert sign("closed") == "Fermé aujourd'hui"
