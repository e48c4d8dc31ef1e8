import unittest

from stationery.stock import clear, read, write


PAPER = {"a4": 500, "a5": 250, "card": 90}
PENS = {"quill": 7, "biro": 120, "pencil": 44}


class PaperTestCase(unittest.TestCase):
    def setUp(self):
        write(PAPER)

    def test_a4(self):
        assert read()["a4"] == 500

    def test_card(self):
        assert read()["card"] == 90

    def test_all_is_there(self):
        assert read() == PAPER

    def test_sum(self):
        assert sum(read().values()) == 840


class PenTestCase(unittest.TestCase):
    def setUp(self):
        write(PENS)

    def tearDown(self):
        clear()

    def test_biro(self):
        assert read()["biro"] == 120

    def test_quill(self):
        assert read()["quill"] == 7

    def test_pencil(self):
        assert read()["pencil"] == 44

    def test_all_is_there(self):
        assert read() == PENS
