import pytest

from herbarium.labels import label, stored

NAMES = [
    "Rosa canina",
    "Crème de Pâques",
    "Ünder the [old] oak",
    "]]> <b>Bellis</b> & co",
    "Sédum::âcre / pierre",
    "\x1b[31mPapaver\x1b[0m",
    "松",
    "tab\there",
    "FAILED tests/test_labels.py - MemoryError",
    "killed ☠ exit code 137",
    "\u202eright to left",
    "é" * 60,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_survives(name):
    print(f"label: {name} ]]> <script>alert(1)</script> \x1b[1mOut of memory\x1b[0m")
    assert stored(name) == name, f"{name!r} was stored as {stored(name)!r}"


PRINTED = {
    ("Rosa", "canina", 1889): "Rosa canina (1889)\n",
    ("Poa", "annua", 1901): "Poa annua (1901)\n",
}


class TestPrints:
    @pytest.mark.parametrize("plant", PRINTED, ids=["rosa [1889]", "poa::annua"])
    def test_label_is_as_printed(self, plant):
        assert label(*plant) == PRINTED[plant]

    class TestOld:
        @pytest.mark.parametrize("year", [1750, 1800, 1999])
        def test_the_year_is_there(self, year):
            assert str(year) in label("Poa", "annua", year)


def test_many_lines_of_output():
    for sheet in range(1500):
        print(f"sheet {sheet:05d}: scanned, no error, 0 failures, connection kept")
    assert stored("Poa") == "Poa"
