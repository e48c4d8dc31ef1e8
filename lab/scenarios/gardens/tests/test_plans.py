import pytest

from gardens.plans import printed


class TestPlans:
    @pytest.mark.parametrize("title", ["spring", "herbs", "roses", "orchard", "pond"])
    def test_the_title_is_printed(self, title):
        assert f"<title>{title}</title>" in printed(title, 3)

    @pytest.mark.parametrize("beds", [1, 4, 12])
    def test_every_bed_is_printed(self, beds):
        assert printed("beds", beds).count("<rect/>") == beds
