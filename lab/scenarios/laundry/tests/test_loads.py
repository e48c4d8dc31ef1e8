import pytest

from laundry.loads import bring, collect, count, kilograms, owners


@pytest.mark.usefixtures("empty")
class TestLoads:
    @pytest.mark.parametrize("owner", ["ada", "ben", "cleo", "dan"])
    def test_one_load_is_counted(self, owner):
        bring(owner, 5)
        assert count() == 1

    @pytest.mark.parametrize("owner", ["eve", "fay", "gus", "hal"])
    def test_a_load_has_its_weight(self, owner):
        bring(owner, 7.5)
        assert kilograms(owner) * 2 == 15

    @pytest.mark.parametrize("owner", ["ian", "jo", "kim"])
    def test_a_load_is_collected(self, owner):
        bring(owner, 3)
        collect(owner)
        assert count() == 0

    def test_owners_are_in_order(self):
        bring("zoe", 1)
        bring("abe", 2)
        assert owners() == ["abe", "zoe"]
