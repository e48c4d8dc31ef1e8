import time

import pytest

COUNCIL = {}


@pytest.fixture(autouse=True)
def _paper():
    time.sleep(0.05)


class TestCouncil:
    def test_somebody_stands(self):
        COUNCIL["dora"] = 0
        assert COUNCIL == {"dora": 0}

    def test_votes_are_counted(self):
        COUNCIL["dora"] += 41
        assert COUNCIL["dora"] == 41

    def test_late_votes_are_added(self):
        COUNCIL["dora"] += 1
        assert COUNCIL["dora"] == 42

    def test_the_council_is_complete(self):
        assert list(COUNCIL) == ["dora"]
