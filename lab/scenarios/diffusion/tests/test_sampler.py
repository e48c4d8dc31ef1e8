import pytest

from diffusion.sampler import sample


@pytest.mark.parametrize("seed", [1, 7, 42, 99, 123, 2024])
class TestSample:
    def test_as_many_values_as_steps(self, seed):
        assert len(sample(20, seed)) == 20

    def test_the_same_seed_draws_the_same(self, seed):
        assert sample(5, seed) == [(seed * step) % 256 for step in range(5)]

    def test_values_are_bytes(self, seed):
        assert max(sample(50, seed)) < 256

    def test_seeds_are_positive(self, seed):
        assert seed > 0
