import pytest

from pharmacy.check import severity


class TestSeverity:
    @pytest.mark.parametrize("other", ["ibuprofen"])
    def test_blood_thinners(self, other):
        assert severity("warfarin", other) == 3

    @pytest.mark.parametrize("drug", ["zinc", "iron", "calcium", "iodine", "biotin", "folate"])
    def test_supplements_are_harmless(self, drug):
        assert severity("aspirin", drug) == 0

    def test_the_order_does_not_matter(self):
        assert severity("furosemide", "lithium") == 2
