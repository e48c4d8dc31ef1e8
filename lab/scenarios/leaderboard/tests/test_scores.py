import pytest

from leaderboard.scores import place, points, record

PLAYERS = ["axel", "bibi", "caro", "dean", "ella"]


@pytest.mark.parametrize("player", PLAYERS)
class TestScores:
    def test_points_add_up(self, redis, player):
        record(redis, player, 10)
        record(redis, player, 5)
        assert points(redis, player) == 15

    def test_the_best_is_first(self, redis, player):
        record(redis, "zoe", 1)
        record(redis, player, 7)
        assert place(redis, player) == 1

    def test_the_other_is_second(self, redis, player):
        record(redis, "zoe", 9)
        record(redis, player, 7)
        assert place(redis, player) == 2

    def test_names_are_lower_case(self, player):
        assert player.islower()
